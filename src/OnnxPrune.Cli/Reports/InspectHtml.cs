using System.Globalization;
using System.Net;
using System.Text;

namespace OnnxPrune.Cli.Reports;

/// <summary>An <see cref="InspectReport"/> as one self-contained page, light or dark as the reader's system is.</summary>
internal sealed class InspectHtml
{
    private readonly StringBuilder page = new();
    private readonly InspectReport report;

    private InspectHtml(InspectReport report) => this.report = report;

    /// <summary>The page.</summary>
    public static string Of(InspectReport report) => new InspectHtml(report).Run();

    private string Run()
    {
        Line("<!DOCTYPE html>");
        Line($"<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(Path.GetFileName(report.Model))}</title>");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line($"<style>\n{InspectStyle.Sheet}</style></head><body><main>");
        Line($"<h1>{Text(Path.GetFileName(report.Model))}</h1>");
        Summary();
        Coverage();
        Groups();
        Pinned();
        Warnings();
        Line($"<footer>{Text(report.Tool)}</footer></main></body></html>");
        return page.ToString();
    }

    private void Summary()
    {
        Line("<dl>");
        foreach (string[] row in InspectTable.Facts(report)) Line($"<div><dt>{Text(row[0])}</dt><dd>{Text(row[1])}</dd></div>");
        Line("</dl>");
    }

    private void Coverage()
    {
        var (exact, all) = (report.Coverage.Exact, report.Coverage.WithApproximate);
        Line("<h2>Prunable</h2><table><thead><tr><th></th><th>exactly</th><th>with approximate groups</th></tr></thead><tbody>");
        Line($"<tr><td>MACs</td>{Share(exact.Macs)}{Share(all.Macs)}</tr>");
        Line($"<tr><td>Parameters</td>{Share(exact.Parameters)}{Share(all.Parameters)}</tr></tbody></table>");
    }

    private void Groups()
    {
        Line($"<h2>Groups of coupled channels <small>{report.Groups.Count}</small></h2>");
        if (report.Groups.Count == 0) return;
        Line("<p>Channels of a group leave together, from every weight axis listed. The shares are what shrinks with the group.</p>");
        Line("<table><thead><tr><th>Group</th><th>Kind</th><th class=\"n\">Size</th><th>MACs</th><th>Parameters</th><th>Removal</th></tr></thead><tbody>");
        foreach (var group in report.Groups)
        {
            string removal = group.ApproximateBecause is { } why ? $"<span class=\"soft\">approximate</span> {Text(why)}" : "exact";
            Line($"<tr><td>{Details(group.Id, group.Slices)}</td><td>{Text(group.Kind)}</td><td class=\"n\">{Figures.Whole(group.Channels)}</td>");
            Line($"{Share(group.MacsShare)}{Share(group.ParametersShare)}<td>{removal}</td></tr>");
        }
        Line("</tbody></table>");
    }

    private void Pinned()
    {
        Line($"<h2>Pinned weight axes <small>{report.Pinned.Count}</small></h2>");
        if (report.Pinned.Count == 0) return;
        Line("<p>What cannot be removed, by reason, largest first.</p>");
        Line("<table><thead><tr><th>Weight axes</th><th class=\"n\">Parameters</th><th class=\"n\">MACs</th><th>Pinned by</th><th>Reason</th></tr></thead><tbody>");
        foreach (var pinned in report.Pinned)
        {
            Line($"<tr><td>{Details(InspectTable.InShort(pinned.Axes), pinned.Axes)}</td><td class=\"n\">{Figures.Count(pinned.Parameters)}</td><td class=\"n\">{Figures.Count(pinned.Macs)}</td>");
            Line($"<td>{Text(InspectTable.Pinner(pinned))}</td><td>{Text(pinned.Reason)}</td></tr>");
        }
        Line("</tbody></table>");
    }

    private void Warnings()
    {
        if (report.Warnings.Count == 0) return;
        Line($"<h2>Warnings <small>{report.Warnings.Count}</small></h2><ul>");
        foreach (var warning in report.Warnings) Line($"<li><code>{Text(warning.Code)}</code> {Text(warning.Message)}</li>");
        Line("</ul>");
    }

    private static string Details(string title, IReadOnlyList<string> axes) => axes.Count < 2
        ? $"<code>{Text(title)}</code>"
        : $"<details><summary><code>{Text(title)}</code></summary>{string.Join("<br>", axes.Select(a => $"<code>{Text(a)}</code>"))}</details>";

    private static string Share(double share)
    {
        string width = (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
        return $"<td class=\"share\"><span class=\"bar\"><span style=\"width:{width}%\"></span></span>{Figures.Percent(share)}</td>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void Line(string line) => page.Append(line).Append('\n');
}
