using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Reports;

/// <summary>Prints an <see cref="InspectReport"/> on the terminal.</summary>
internal static class InspectTable
{
    /// <summary>Prints summary, nodes, groups, pinned axes and warnings.</summary>
    public static void Print(Terminal terminal, InspectReport report, InspectSections sections)
    {
        terminal.Line(report.Model);
        terminal.Table(["", ""], [.. Facts(report), .. Coverage(report.Coverage)]);
        if (UncountedReport.Line(report.NotCounted) is { } line) terminal.Line(line);
        if (sections.Nodes) PrintNodes(terminal, report.Layers, sections);
        if (sections.Groups) PrintGroups(terminal, report.Groups, sections);
        if (sections.Pinned) PrintPinned(terminal, report.Pinned, sections);
        foreach (var warning in report.Warnings) terminal.Line(warning.Line(report.Model));
    }

    /// <summary>The properties and costs of the model, as names and values.</summary>
    public static IEnumerable<string[]> Facts(InspectReport report)
    {
        yield return ["inputs", string.Join("; ", report.Inputs.Select(Describe))];
        yield return ["outputs", string.Join("; ", report.Outputs.Select(Describe))];
        yield return ["opset", string.Join(", ", report.Opsets.Select(o => o.Domain == "ai.onnx" ? $"{o.Version}" : $"{o.Domain} {o.Version}"))];
        yield return ["nodes", Figures.Whole(report.Nodes)];
        yield return ["MACs", UncountedReport.Total(Figures.Count(report.Macs), report.NotCounted)];
        yield return ["parameters", Figures.Count(report.Parameters)];
        yield return ["file size", Figures.Bytes(report.FileBytes)];
    }

    /// <summary>A short form of weight axes: the first one and the number of others.</summary>
    public static string InShort(IReadOnlyList<string> axes) => axes.Count > 1 ? $"{axes[0]} and {axes.Count - 1} more" : axes[0];

    /// <summary>The node or operator that pins axes.</summary>
    public static string Pinner(PinnedReport pinned) => pinned.Node.Length > 0 ? pinned.Node : pinned.Operator;

    private static IEnumerable<string[]> Coverage(CoverageReport coverage) =>
        [["prunable exactly", Describe(coverage.Exact)], ["with approximate groups", Describe(coverage.WithApproximate)]];

    private static void PrintNodes(Terminal terminal, IReadOnlyList<LayerReport> layers, InspectSections sections)
    {
        terminal.Line($"\nNodes: {layers.Count}");
        var rows = ListingOptions.Sorted(layers, sections.Order, n => n.Macs, n => n.Parameters, n => n.Name)
            .Select(n => new[] { n.Name, n.Operator, n.FirstSizes(), Figures.Count(n.Macs), Figures.Count(n.Parameters) });
        PrintRows(terminal, ["node", "operator", "output", " MACs", " parameters"], rows, layers.Count, sections.Top);
    }

    private static void PrintGroups(Terminal terminal, IReadOnlyList<GroupReport> groups, InspectSections sections)
    {
        terminal.Line($"\nGroups of coupled channels: {groups.Count}");
        var rows = ListingOptions.Sorted(groups, sections.Order, g => g.Macs, g => g.Parameters, g => g.Id).Select(Row);
        PrintRows(terminal, ["group", "kind", " size", " axes", " of MACs", " of parameters", "exact"], rows, groups.Count, sections.Top);
    }

    private static void PrintPinned(Terminal terminal, IReadOnlyList<PinnedReport> pinned, InspectSections sections)
    {
        terminal.Line($"\nReasons that pin weight axes: {pinned.Count}");
        var rows = ListingOptions.Sorted(pinned, sections.Order, p => p.Macs, p => p.Parameters, p => p.Axes[0])
            .Select(p => new[] { InShort(p.Axes), Figures.Count(p.Parameters), Figures.Count(p.Macs), Pinner(p), p.Reason });
        PrintRows(terminal, ["weight axes", " parameters", " MACs", "pinned by", "reason"], rows, pinned.Count, sections.Top);
    }

    private static void PrintRows(Terminal terminal, string[] columns, IEnumerable<string[]> rows, int count, int top)
    {
        if (count > 0) terminal.Table(columns, rows.Take(top));
        if (count > top) terminal.Line($"and {count - top} more; --top all lists them");
    }

    private static string[] Row(GroupReport group) =>
    [
        group.Id,
        group.Kind,
        Figures.Whole(group.Channels),
        Figures.Whole(group.Slices.Count),
        Figures.Percent(group.MacsShare),
        Figures.Percent(group.ParametersShare),
        group.ApproximateBecause ?? "yes",
    ];

    private static string Describe(ValueReport value) => $"{value.Name}: {value.Type}[{string.Join(", ", value.Shape ?? ["?"])}]";

    private static string Describe(CoverageShare share) =>
        $"{Figures.Percent(share.Macs)} of MACs, {Figures.Percent(share.Parameters)} of parameters";
}
