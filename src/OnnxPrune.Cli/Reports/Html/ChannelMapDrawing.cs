namespace OnnxPrune.Cli.Reports.Html;

/// <summary>
/// Draws the kept channels as a strip with one cell per channel. For many channels, each column is a block, and its height is the kept share.
/// </summary>
internal static class ChannelMapDrawing
{
    private const int MostCells = 128;
    private const double Height = 8;

    /// <summary>Draws a mask.</summary>
    public static void Draw(HtmlWriter page, IReadOnlyList<bool> kept)
    {
        int cells = Math.Min(kept.Count, MostCells);
        page.OpenImage("map", cells, Height, $"{kept.Count(k => k)} of {kept.Count} kept");
        page.Empty("path", ("d", Svg.Steps(Shares(kept, cells).ConvertAll(share => share * Height), Height))).Close();
    }

    /// <summary>The kept share of each of <paramref name="cells"/> blocks of nearly equal size.</summary>
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
