using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Cli.Reports.Html;

namespace OnnxPrune.Cli.Reports.Markdown;

/// <summary>Draws bars, channel maps and curves with block characters.</summary>
internal static class TextDrawing
{
    private const int BarWidth = 20, MapWidth = 16, CurveWidth = 12;
    private const string Shades = "·░▒▓█";
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar: full blocks for the remaining part, light blocks for the removed part.</summary>
    public static string Bar(double before, double after)
    {
        int whole = before > 0 ? Math.Max(1, Rounded(before * BarWidth)) : 0;
        int left = after > 0 ? Math.Clamp(Rounded(after * BarWidth), 1, Math.Max(1, whole)) : 0;
        return new string('█', left) + new string('░', whole - left);
    }

    /// <summary>A channel map with one character per channel, or per block of channels; darker characters mean more kept channels.</summary>
    public static string Map(IReadOnlyList<bool> kept) =>
        string.Concat(ChannelMapDrawing.Shares(kept, Math.Min(kept.Count, MapWidth)).Select(share => Shade(share)));

    /// <summary>A curve with its own scale and a mark at the cut.</summary>
    public static string Line(Curve curve)
    {
        if (curve.X.Count < 2) return "";
        double top = curve.Largest > 0 ? curve.Largest : 1;
        var text = string.Concat(Enumerable.Range(0, CurveWidth).Select(i => Height(At(curve, i / (double)(CurveWidth - 1)) / top)));
        return curve.Cut is > 0 and { } cut ? text.Insert(Math.Clamp(Rounded(cut * CurveWidth), 1, CurveWidth - 1), "╎") : text;
    }

    private static char Shade(double share) => share switch { 0 => Shades[0], 1 => Shades[^1], _ => Shades[1 + Math.Min(2, (int)(share * 3))] };

    private static char Height(double share) =>
        double.IsFinite(share) ? Heights[(int)Math.Clamp(share * Heights.Length, 0, Heights.Length - 1)] : Heights[^1];

    private static double At(Curve curve, double x)
    {
        int point = 0;
        while (point + 1 < curve.X.Count && curve.X[point + 1] <= x) point++;
        return curve.Y[point];
    }

    private static int Rounded(double number) => (int)Math.Round(number, MidpointRounding.AwayFromZero);
}
