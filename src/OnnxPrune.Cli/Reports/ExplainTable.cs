using OnnxPrune.Advanced;

namespace OnnxPrune.Cli.Reports;

/// <summary>Prints an <see cref="ExplainReport"/> on the terminal.</summary>
internal static class ExplainTable
{
    /// <summary>Prints every axis with the paths to the nodes that pin it, then every group with the nodes that couple it.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="report">The report.</param>
    /// <param name="top">The largest number of coupling nodes per group.</param>
    public static void Print(Terminal terminal, ExplainReport report, int top)
    {
        foreach (var axis in report.Axes.Where(a => !IsFixed(a))) PrintAxis(terminal, axis);
        foreach (var axes in report.Axes.Where(IsFixed).GroupBy(Needed))
            terminal.Line($"never pruned, because {axes.Key}: {string.Join(", ", axes.Select(a => $"{a.Axis} = {a.Layout}"))}");
        foreach (var group in report.Groups) PrintGroup(terminal, group, top);
    }

    private static bool IsFixed(AxisExplanation axis) => axis.Groups.Count == 0 && axis.Pins.All(pin => pin.Reason == PinReason.NeverPruned);

    private static string Needed(AxisExplanation axis)
    {
        if (axis.Pins.Count > 0) return $"{string.Join(" and ", axis.Pins.Select(pin => pin.Node))} needs this size";
        return axis.Layout == "1" ? "there is only one index" : "the operators need these sizes";
    }

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
