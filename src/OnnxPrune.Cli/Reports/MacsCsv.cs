using System.Globalization;
using System.Text;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Reports;

/// <summary>Writes a <see cref="MacsReport"/> as comma-separated values with exact numbers.</summary>
internal static class MacsCsv
{
    /// <summary>A header, the rows of the listing, and a final row for the total.</summary>
    public static string Of(MacsReport report, MacsListing listing, int top, ListingOrder order)
    {
        bool compares = report.Other is not null;
        var text = new StringBuilder();
        string[] names = [.. listing.Names.Select(name => name.Trim()).Select(name => name.Length > 0 ? name : "model")];
        string[] columns = compares ? ["macs", "parameters", "other_macs", "other_parameters"] : ["macs", "parameters"];
        text.Append(CsvText.Line([.. names, .. columns]));
        foreach (var row in MacsTable.Rows(report, listing, order).Take(top))
            text.Append(CsvText.Line([.. row.Names, .. Figures(row.Cost, compares)]));
        text.Append(CsvText.Line(["total", .. Enumerable.Repeat("", names.Length - 1), .. Figures(report.Total, compares)]));
        return text.ToString();
    }

    private static string[] Figures(CountedCost cost, bool compares) => compares
        ? [Text(cost.Macs), Text(cost.Parameters), Text(cost.OtherMacs), Text(cost.OtherParameters)]
        : [Text(cost.Macs), Text(cost.Parameters)];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
