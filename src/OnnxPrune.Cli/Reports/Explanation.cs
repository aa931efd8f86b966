using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>Explains an axis, a group, or the axes of a node.</summary>
internal static class Explanation
{
    /// <summary>The report for <paramref name="name"/>.</summary>
    /// <exception cref="OnnxPruneException">OP2004: nothing in the model has this name.</exception>
    public static ExplainReport Of(ModelAnalysis analysis, string name)
    {
        var subject = ExplainedSubject.Find(analysis, name);
        var (trace, text) = (new PinTrace(analysis), new AxisText(analysis));
        var axes = subject.Axes.Select(axis => Explain(trace, text, axis.Value, axis.Axis)).DistinctBy(a => a.Axis).ToList();
        var ids = axes.SelectMany(axis => axis.Groups).ToHashSet(StringComparer.Ordinal);
        var groups = analysis.Groups.Where(group => subject.Groups.Contains(group) || ids.Contains(group.Id));
        return new ExplainReport("inspect", analysis.Source.Path!, name, axes, [.. groups.Select(group => Explain(analysis, text, group))]);
    }

    private static AxisExplanation Explain(PinTrace trace, AxisText text, Value value, int axis) => new(
        $"{value.Name}[{axis}]",
        text.Of(value, axis),
        [.. text.Groups(value, axis)],
        [.. trace.Reasons(value, axis).Select(reason =>
            new PinExplanation(reason.Operator, reason.Node, reason.Why, [.. trace.Path(value, axis, reason).Select(text.Of)]))]);

    private static GroupExplanation Explain(ModelAnalysis analysis, AxisText text, ChannelGroup group) => new(
        group.Id,
        group.Kind.Name(),
        group.Size,
        group.ApproximateBecause?.ToString(),
        [.. group.Slices.Select(slice => $"{slice.Weight.Name}[{slice.Axis}]")],
        [.. GroupTrace.Of(analysis, group).Select(text.Of)]);
}
