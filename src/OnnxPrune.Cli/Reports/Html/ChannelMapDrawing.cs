namespace OnnxPrune.Cli.Reports.Html;

/// <summary>
/// Draws which channels stay: a strip, one cell per channel; where there are many, a column per block as high as the share of it that stays.
/// </summary>
internal static class ChannelMapDrawing
{
    private const int MostCells = 128;
    private const double Height = 8;

    /// <summary>Draws a mask.</summary>
    public static void Draw(HtmlWriter page, IReadOnlyList<bool> kept)
    {
        int cells = Math.Min(kept.Count, MostCells);
        page.OpenImage("map", cells, Height, $"{kept.Count(k => k)} of {kept.Count} stay");
        page.Empty("path", ("d", Svg.Steps(Shares(kept, cells).ConvertAll(share => share * Height), Height))).Close();
    }

    /// <summary>The share of each of <paramref name="cells"/> blocks, as equal as can be, that stays.</summary>
    public static List<double> Shares(IReadOnlyList<bool> kept, int cells)
    {
        var shares = new List<double>(cells);
        for (int cell = 0; cell < cells; cell++)
        {
            int from = (int)((long)cell * kept.Count / cells), to = (int)((long)(cell + 1) * kept.Count / cells);
            shares.Add(Enumerable.Range(from, to - from).Count(i => kept[i]) / (double)(to - from));
        }
        return shares;
    }
}
