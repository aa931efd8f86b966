using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>What must hold between the parts of an analysis; see <see cref="PassCheck"/>.</summary>
internal static class AnalysisCheck
{
    /// <summary>Checks layouts, groups and costs.</summary>
    /// <exception cref="OnnxPruneException">OP9001: something does not hold.</exception>
    public static void Run(ModelAnalysis analysis)
    {
        foreach (var value in analysis.Graph.Values) Layout(analysis, value);
        foreach (var group in analysis.Groups) Group(analysis, group);
        PassCheck.Require(analysis.Groups.DistinctBy(g => g.Id).Count() == analysis.Groups.Count, "groups", "two groups have one name");
        var whole = analysis.Cost.Total(_ => null);
        PassCheck.Require(double.IsFinite(whole.Macs) && whole.Macs >= 0 && whole.Parameters >= 0, "cost", $"the model costs {whole}");
    }

    private static void Layout(ModelAnalysis analysis, Value value)
    {
        if (analysis.Shapes[value].Shape is not { } shape || analysis.Layouts.LayoutOf(value) is not { } layout) return;
        PassCheck.Require(shape.Length == layout.Count, "layouts", $"'{value.Name}' has {shape.Length} axes and {layout.Count} layouts");
        for (int axis = 0; axis < layout.Count; axis++)
        {
            var size = analysis.Layouts.Unifier.Arena.SizeOf(analysis.Layouts.Resolved(value, axis));
            PassCheck.Require(
                !shape[axis].IsKnown || size.Same(shape[axis]), "layouts", $"axis {axis} of '{value.Name}' has {shape[axis]} indices, its layout {size}");
        }
    }

    private static void Group(ModelAnalysis analysis, ChannelGroup group)
    {
        var substitution = analysis.Layouts.Unifier.Substitution;
        PassCheck.Require(substitution.Leaves(group.Variable).SequenceEqual([group.Variable]), "groups", $"group {group.Id} is bound or pinned");
        PassCheck.Require(substitution.Arena.SizeOf(group.Variable).Same(Size.Of(group.Size)), "groups", $"group {group.Id} has another size");
        foreach (var slice in group.Slices)
        {
            bool occurs = substitution.Leaves(analysis.Layouts.LayoutOf(slice.Weight)![slice.Axis]).Contains(group.Variable);
            PassCheck.Require(occurs, "groups", $"group {group.Id} does not occur on axis {slice.Axis} of '{slice.Weight.Name}'");
        }
    }
}
