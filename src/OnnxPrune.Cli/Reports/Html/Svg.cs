using System.Globalization;
using System.Text;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Numbers, paths and attributes that the drawings share, in compact notation.</summary>
internal static class Svg
{
    /// <summary>A coordinate with at most one decimal.</summary>
    public static string Number(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A percentage with at most one decimal, as <c>49.9%</c>.</summary>
    public static string Percent(double share) => Number(Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1) * 100) + "%";

    /// <summary>Opens a drawing with a description for screen readers.</summary>
    public static HtmlWriter OpenImage(this HtmlWriter page, string style, double width, double height, string label, bool stretches = true) =>
        page.Open(
            "svg",
            ("class", style),
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            ("preserveAspectRatio", stretches ? "none" : null),
            ("role", "img"),
            ("aria-label", label));

    /// <summary>A line through points.</summary>
    public static string Line(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
        return path.ToString();
    }

    /// <summary>The outline of adjacent columns of equal width on a base line; equal neighbours share one step.</summary>
    /// <param name="heights">Heights, 0 to <paramref name="full"/>.</param>
    /// <param name="full">The height of the drawing.</param>
    public static string Steps(IReadOnlyList<double> heights, double full)
    {
        var path = new StringBuilder($"M0 {Number(full)}");
        for (int start = 0; start < heights.Count;)
        {
            int end = start + 1;
            while (end < heights.Count && Number(heights[end]) == Number(heights[start])) end++;
            path.Append('V').Append(Number(full - heights[start])).Append('h').Append(end - start);
            start = end;
        }
        return path.Append('V').Append(Number(full)).Append('z').ToString();
    }
}
