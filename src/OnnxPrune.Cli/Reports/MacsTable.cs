using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Reports;

/// <summary>Prints a <see cref="MacsReport"/> on the terminal.</summary>
internal static class MacsTable
{
    /// <summary>Prints the totals, or the requested listing.</summary>
    public static void Print(Terminal terminal, MacsReport report, MacsListing listing, int top, ListingOrder order)
    {
        string sizes = string.Join(", ", report.Dimensions.Select(d => $"{d.Key}={d.Value}"));
        terminal.Line(sizes.Length > 0 ? $"{report.Model} at {sizes}" : report.Model);
        var rows = Rows(report, listing, order).ToList();
        string[] total = ["total", .. Enumerable.Repeat("", listing.Names.Length - 1), .. TotalCells(report)];
        var shown = rows.Take(top).Select(row => (string[])[.. row.Names, .. Cells(row.Cost, report.Total)]);
        terminal.Table([.. listing.Names, .. Columns(report)], [.. shown, total]);
        if (rows.Count > top) terminal.Line($"and {rows.Count - top} more; --top all lists them");
        if (UncountedReport.Line(report.NotCounted) is { } line) terminal.Line(line);
        foreach (var warning in report.Warnings) terminal.Line(warning.Line(report.Model));
    }

    /// <summary>The rows of a listing, sorted.</summary>
    public static IEnumerable<MacsRow> Rows(MacsReport report, MacsListing listing, ListingOrder order) =>
        ListingOptions.Sorted(listing.Rows(report), order, row => row.Cost.MostMacs(), row => row.Cost.MostParameters(), row => row.Names[0]);

    /// <summary>The columns of figures.</summary>
    public static string[] Columns(MacsReport report) =>
        report.Other is null ? [" MACs", " share", " parameters", " share"] : [" MACs", " other", " ratio", " parameters", " other", " ratio"];

    /// <summary>The cells of these columns.</summary>
    public static string[] Cells(CountedCost cost, CountedCost total) => total.OtherMacs is null
        ? [Count(cost.Macs), Share(cost.Macs, total.Macs), Count(cost.Parameters), Share(cost.Parameters, total.Parameters)]
        : [
            Count(cost.Macs), Count(cost.OtherMacs), Share(cost.OtherMacs, cost.Macs),
            Count(cost.Parameters), Count(cost.OtherParameters), Share(cost.OtherParameters, cost.Parameters),
        ];

    private static string[] TotalCells(MacsReport report)
    {
        string[] cells = Cells(report.Total, report.Total);
        for (int i = 0; i < (report.Other is null ? 1 : 2); i++) cells[i] = UncountedReport.Total(cells[i], report.NotCounted);
        return cells;
    }

    /// <summary>A share in percent; empty if it is undefined.</summary>
    public static string Share(long? part, long? whole) => part is { } p && whole is > 0 ? Figures.Percent((double)p / whole.Value) : "";

    private static string Count(long? number) => number is { } known ? Figures.Count(known) : "-";
}
