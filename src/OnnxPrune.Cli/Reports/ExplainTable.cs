namespace OnnxPrune.Cli.Reports;

/// <summary>Prints an <see cref="ExplainReport"/> for people.</summary>
internal static class ExplainTable
{
    /// <summary>Every axis with the chains to what pins it, then every group with its places.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="top">Nodes that couple a group at most.</param>
    public static void Print(Terminal terminal, ExplainReport report, int top)
    {
        foreach (var axis in report.Axes.Where(a => !IsFixed(a))) PrintAxis(terminal, axis);
        string never = string.Join(", ", report.Axes.Where(IsFixed).Select(a => $"{a.Axis} = {a.Layout}"));
        if (never.Length > 0) terminal.Line($"never pruned, for these sizes are part of the operators' own arithmetic: {never}");
        foreach (var group in report.Groups) PrintGroup(terminal, group, top);
    }

    private static bool IsFixed(AxisExplanation axis) => axis.Pins.Count == 0 && axis.Groups.Count == 0;

    private static void PrintAxis(Terminal terminal, AxisExplanation axis)
    {
        string state = axis.Pins.Count == 0 ? "can be pruned" : axis.Groups.Count == 0 ? "pinned" : "partly pinned";
        terminal.Line($"{axis.Axis} = {axis.Layout}: {state}");
        foreach (var pin in axis.Pins)
        {
            terminal.Line($"  because {pin.Text()}");
            foreach (var hop in pin.Path.Skip(1)) terminal.Line($"    through {hop.Through} to {Place(hop)}");
        }
    }

    private static void PrintGroup(Terminal terminal, GroupExplanation group, int top)
    {
        terminal.Line($"{group.Id}: {group.Channels} {group.Kind}, {group.Exactness()}");
        terminal.Line($"  on {group.Weights.Count} weight axes, coupled through");
        var steps = group.Places.Skip(1).GroupBy(hop => (hop.From, hop.Through)).ToList();
        foreach (var step in steps.Take(top))
        {
            string reached = string.Join(", ", step.Select(hop => hop.Layout == group.Id ? hop.Axis : Place(hop)));
            terminal.Line($"    {step.Key.Through}: {group.Places[step.Key.From].Axis} to {reached}");
        }
        if (steps.Count > top) terminal.Line($"    and {steps.Count - top} more; --top all lists them");
    }

    private static string Place(HopReport hop) => hop.Layout.Length > 0 ? $"{hop.Axis} = {hop.Layout}" : hop.Axis;
}
