using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes the document of an <see cref="InspectReport"/>.</summary>
internal static class InspectDocument
{
    private const int ShownGroups = 60;
    private const int ShownNodes = 20;

    /// <summary>The document.</summary>
    public static Document Of(InspectReport report) => new(
        report.Command,
        Path.GetFileName(report.Model),
        Lead(report.Coverage),
        null,
        [
            new Figure("MACs", null, UncountedReport.Total(Figures.Count(report.Macs), report.NotCounted)),
            new Figure("parameters", null, Figures.Count(report.Parameters)),
            new Figure("file size", null, Figures.Bytes(report.FileBytes)),
            new Figure("groups", null, Figures.Whole(report.Groups.Count)),
        ],
        [.. Sections(report).Where(s => s.Blocks.Count > 0)],
        report.Tool);

    private static string Lead(CoverageReport coverage)
    {
        var (exact, all) = coverage;
        string shares = $"{Figures.Percent(exact.Macs)} of the MACs and {Figures.Percent(exact.Parameters)} of the parameters";
        string more = all == exact ? "" : $"; with approximate groups, {Figures.Percent(all.Macs)} and {Figures.Percent(all.Parameters)}";
        return $"Exactly prunable groups contain {shares}{more}.";
    }

    private static IEnumerable<Section> Sections(InspectReport report)
    {
        yield return Groups(report.Groups);
        yield return PinnedSection.Of(report.Pinned);
        yield return Nodes(report.Layers);
        if (report.Drawing is { } drawing) yield return new Section("Graph", [drawing]);
        yield return UncountedReport.SectionOf(report.NotCounted);
        yield return WarningSection.Of(report.Warnings);
        yield return new Section("Model", [new Block.Facts([.. InspectTable.Facts(report).Select(row => (row[0], (Cell)row[1]))])]);
    }

    private static Section Nodes(IReadOnlyList<LayerReport> layers)
    {
        var costly = layers.Where(n => n.Macs + n.Parameters > 0).OrderByDescending(n => n.Macs).ThenByDescending(n => n.Parameters);
        var rows = costly.Select(n => new Cell[]
        {
            new Cell.Name(n.Name), n.Operator, n.FirstSizes(), Figures.Count(n.Macs), Figures.Count(n.Parameters),
        }).ToList();
        Block[] table = rows.Count > 0 ? [new Block.Table(["node", "operator", "output", " MACs", " parameters"], rows, ShownNodes)] : [];
        return new Section("Nodes with MACs or weights", table, rows.Count);
    }

    private static Section Groups(IReadOnlyList<GroupReport> groups)
    {
        if (groups.Count == 0) return new Section("Groups", []);
        var rows = groups.Select(g => new Cell[]
        {
            new Cell.Names([g.Id, .. g.Slices.Where(s => s != g.Id)]), g.Kind, Figures.Whole(g.Channels),
            new Cell.Bar(1, g.MacsShare), Figures.Percent(g.MacsShare),
            Figures.Percent(g.ParametersShare), g.ApproximateBecause is { } why ? $"approximate: {why}" : "exact",
        });
        return new Section(
            "Groups of coupled channels",
            [
                new Block.Paragraph(
                    "The channels of a group are removed together from all listed weight axes. The shares are the part of the model that shrinks."),
                new Block.Table(["group", "kind", " size", "share of the model", " of MACs", " of parameters", "removal"], [.. rows], ShownGroups),
            ],
            groups.Count);
    }
}
