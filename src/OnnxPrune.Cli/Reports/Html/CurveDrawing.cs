using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Draws curves over the removed share: small curves in tables with their own scale, larger ones with a common logarithmic scale.</summary>
internal static class CurveDrawing
{
    private const double SparkWidth = 120, SparkHeight = 28, Width = 160, Height = 80;
    private const int Decades = 4;

    /// <summary>Draws a small curve with the area under it.</summary>
    public static void DrawSpark(HtmlWriter page, Curve curve)
    {
        double top = curve.Largest > 0 ? curve.Largest : 1;
        var points = curve.X.Zip(curve.Y, (x, y) => (x * SparkWidth, Y: (1 - Bounded(y / top)) * (SparkHeight - 2) + 1)).ToList();
        page.OpenImage("spark", SparkWidth, SparkHeight, "importance in ascending order" + AtCut(curve));
        string line = Svg.Line(points);
        page.Empty("path", ("class", "area"), ("d", $"{line}V{Svg.Number(SparkHeight)}H{Svg.Number(points[0].Item1)}z"));
        page.Empty("path", ("class", "curve"), ("d", line));
        DrawCut(page, curve, SparkWidth, SparkHeight);
        page.Close();
    }

    /// <summary>Draws a curve on a logarithmic scale that ends at <paramref name="top"/>, with one grid line per decade.</summary>
    public static void DrawPlot(HtmlWriter page, Curve curve, double top, string unit)
    {
        double YOf(double y) => (1 - Bounded(1 + (Math.Log10(Math.Max(y, double.Epsilon) / top) / Decades))) * (Height - 2) + 1;
        page.OpenImage("plot", Width, Height, unit + AtCut(curve));
        double highest = Math.Pow(10, Math.Floor(Math.Log10(top)));
        for (int decade = 0; decade < Decades; decade++)
            page.Empty("path", ("class", "grid"), ("d", $"M0 {Svg.Number(YOf(highest / Math.Pow(10, decade)))}H{Svg.Number(Width)}"));
        page.Empty("path", ("class", "curve"), ("d", Svg.Line(curve.X.Zip(curve.Y, (x, y) => (x * Width, YOf(y))))));
        DrawCut(page, curve, Width, Height);
        page.Close();
    }

    /// <summary>The top of the common scale of these curves: 1, 2 or 5 times a power of ten.</summary>
    public static double Top(IEnumerable<Curve> curves)
    {
        double largest = curves.Select(c => c.Largest).DefaultIfEmpty(0).Max();
        if (largest <= 0) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return (largest / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }

    /// <summary>The bottom of the scale that ends at <paramref name="top"/>.</summary>
    public static double Bottom(double top) => top / Math.Pow(10, Decades);

    private static void DrawCut(HtmlWriter page, Curve curve, double width, double height)
    {
        if (curve.Cut is not { } cut) return;
        page.Empty("path", ("class", "cut"), ("d", $"M{Svg.Number(cut * width)} 0V{Svg.Number(height)}"));
    }

    private static string AtCut(Curve curve) => curve.Cut is { } cut ? $"; cut at {Figures.Percent(cut)}" : "";

    private static double Bounded(double share) => double.IsNaN(share) ? 1 : Math.Clamp(share, 0, 1);
}
