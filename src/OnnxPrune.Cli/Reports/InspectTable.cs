namespace OnnxPrune.Cli.Reports;

/// <summary>Prints an <see cref="InspectReport"/> for people.</summary>
internal static class InspectTable
{
    private const int MostGroups = 60;
    private const int MostPinned = 20;

    /// <summary>Summary, groups, pinned axes and warnings.</summary>
    public static void Print(Terminal terminal, InspectReport report)
    {
        terminal.Line(report.Model);
        terminal.Table(["", ""], [.. Facts(report), .. Coverage(report.Coverage)]);
        PrintGroups(terminal, report);
        PrintPinned(terminal, report);
        foreach (var warning in report.Warnings) terminal.Line(warning.Line(report.Model));
    }

    /// <summary>What the model is and costs: names and values.</summary>
    public static IEnumerable<string[]> Facts(InspectReport report)
    {
        yield return ["inputs", string.Join("; ", report.Inputs.Select(Describe))];
        yield return ["outputs", string.Join("; ", report.Outputs.Select(Describe))];
        yield return ["opset", string.Join(", ", report.Opsets.Select(o => o.Domain == "ai.onnx" ? $"{o.Version}" : $"{o.Domain} {o.Version}"))];
        yield return ["nodes", Figures.Whole(report.Nodes)];
        yield return ["MACs", Figures.Count(report.Macs)];
        yield return ["parameters", Figures.Count(report.Parameters)];
        yield return ["file size", Figures.Bytes(report.FileBytes)];
    }

    /// <summary>Weight axes in short: the first, and how many more.</summary>
    public static string InShort(IReadOnlyList<string> axes) => axes.Count > 1 ? $"{axes[0]} and {axes.Count - 1} more" : axes[0];

    /// <summary>Who pins axes.</summary>
    public static string Pinner(PinnedReport pinned) => pinned.Node.Length > 0 ? pinned.Node : pinned.Operator;

    private static IEnumerable<string[]> Coverage(CoverageReport coverage) =>
        [["prunable exactly", Describe(coverage.Exact)], ["with approximate groups", Describe(coverage.WithApproximate)]];

    private static void PrintGroups(Terminal terminal, InspectReport report)
    {
        terminal.Line($"\nGroups of coupled channels: {report.Groups.Count}");
        if (report.Groups.Count == 0) return;
        terminal.Table(
            ["group", "kind", " size", " axes", " of MACs", " of parameters", "exact"],
            report.Groups.Take(MostGroups).Select(Row));
        More(terminal, report.Groups.Count - MostGroups);
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

    private static void PrintPinned(Terminal terminal, InspectReport report)
    {
        terminal.Line($"\nReasons that pin weight axes: {report.Pinned.Count}");
        if (report.Pinned.Count == 0) return;
        var rows = report.Pinned.Take(MostPinned).Select(p => new[] { InShort(p.Axes), Figures.Count(p.Parameters), Figures.Count(p.Macs), Pinner(p), p.Reason });
        terminal.Table(["weight axes", " parameters", " MACs", "pinned by", "reason"], rows);
        More(terminal, report.Pinned.Count - MostPinned);
    }

    private static void More(Terminal terminal, int hidden)
    {
        if (hidden > 0) terminal.Line($"and {hidden} more; --format json lists them all");
    }

    private static string Describe(ValueReport value) => $"{value.Name}: {value.Type}[{string.Join(", ", value.Shape ?? ["?"])}]";

    private static string Describe(CoverageShare share) =>
        $"{Figures.Percent(share.Macs)} of MACs, {Figures.Percent(share.Parameters)} of parameters";
}
