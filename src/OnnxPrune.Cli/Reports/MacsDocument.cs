using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes the document of a <see cref="MacsReport"/>.</summary>
internal static class MacsDocument
{
    private const int ShownRows = 60;

    /// <summary>The document.</summary>
    public static Document Of(MacsReport report) => new(
        report.Command,
        Path.GetFileName(report.Model),
        Lead(report),
        null,
        [Headline("MACs", report.Total.Macs, report.Total.OtherMacs, report.NotCounted), Headline("parameters", report.Total.Parameters, report.Total.OtherParameters, [])],
        [.. Sections(report).Where(s => s.Blocks.Count > 0)],
        report.Tool);

    private static Section[] Sections(MacsReport report) =>
        [Listed("Operators", report, MacsListing.Operators), Listed("Nodes", report, MacsListing.Nodes), UncountedReport.SectionOf(report.NotCounted), WarningSection.Of(report.Warnings)];

    private static string Lead(MacsReport report)
    {
        string sizes = report.Dimensions.Count == 0 ? "" : $" at {string.Join(", ", report.Dimensions.Select(d => $"{d.Key}={d.Value}"))}";
        string beside = report.Other is null ? "" : $", compared with {report.Other}";
        return $"Multiply-accumulate operations and parameters{sizes}{beside}.";
    }

    private static Figure Headline(string name, long? own, long? other, IReadOnlyList<UncountedReport> uncounted)
    {
        string total = UncountedReport.Total(Figures.Count(own ?? 0), uncounted);
        return other is { } number
            ? new Figure(name, total, UncountedReport.Total(Figures.Count(number), uncounted), MacsTable.Share(number, own))
            : new Figure(name, null, total);
    }

    private static Section Listed(string title, MacsReport report, MacsListing listing)
    {
        var rows = MacsTable.Rows(report, listing, ListingOrder.Macs)
            .Select(row => row.Names.Concat(MacsTable.Cells(row.Cost, report.Total)).Select(text => (Cell)text).ToArray()).ToList();
        return new Section(title, [new Block.Table([.. listing.Names, .. MacsTable.Columns(report)], rows, ShownRows)], rows.Count);
    }
}
