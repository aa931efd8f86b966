using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Draws one column per item, in order, with the remaining part filled.</summary>
internal static class ProfileDrawing
{
    private const double Height = 100;
    private const int MostSeparate = 160;

    /// <summary>Draws the items.</summary>
    public static void Draw(HtmlWriter page, Block.Profile profile)
    {
        double top = profile.Items.Max(item => item.Before);
        if (top <= 0) return;
        page.Open("figure").OpenImage("profile", profile.Items.Count, Height, profile.Label);
        page.Empty("path", ("class", "was"), ("d", Outline([.. profile.Items.Select(item => item.Before / top * Height)])));
        page.Empty("path", ("class", "is"), ("d", Outline([.. profile.Items.Select(item => item.After / top * Height)])));
        page.Close().Open("figcaption").Leaf("span", profile.Label).Close().Close();
    }

    private static string Outline(IReadOnlyList<double> heights) => heights.Count > MostSeparate
        ? Svg.Steps(heights, Height)
        : string.Concat(heights.Select((height, i) => $"M{i}.1 {Svg.Number(Height)}v-{Svg.Number(height)}h.8v{Svg.Number(height)}z"));
}
