using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Operators that flatten: a sigmoid at 0 or 1, a rectifier of negative numbers. Behind them a cut changes nothing, right or wrong, so that the
/// outputs cannot show whether it was right; what enters the operators can.
/// </summary>
internal static class Saturations
{
    /// <summary>The computed values that enter saturating operators, and the outputs; null if no operator saturates.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="wholeOnly">True for values alone that keep all their indices.</param>
    public static InnerValues? Entries(Cut cut, bool wholeOnly)
    {
        var analysis = cut.Analysis;
        var entries = from node in analysis.Graph.Nodes
                      where analysis.Operators.Saturates(node) && !analysis.Shapes.IsShapeArithmetic(node)
                      let value = node.Inputs[0]
                      where value is { Producer: not null } && analysis.Layouts.LayoutOf(value) is not null
                      where !analysis.Branches.Holds(value) && Selections.Compares(analysis, value)
                      where !wholeOnly || CutTensors.MasksOf(cut, value, 0).TrueForAll(mask => mask is null)
                      select value.Name;
        var outputs = analysis.Graph.Outputs.Where(o => o.Producer is not null).Select(o => o.Name);
        return entries.Distinct().ToList() is { Count: > 0 } names
            ? new([.. names.Union(outputs)], "at the inputs of operators that saturate, because zeroing the removed channels does not change the outputs")
            : null;
    }
}
