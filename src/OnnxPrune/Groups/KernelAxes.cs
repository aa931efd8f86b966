using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>
/// Positions in the kernel of a convolution are no channels. Where a layer reads the kernel, its rule pins them. Some networks also compute with
/// a copy of a kernel that no layer reads, such as the sum of squares by which a style is normalised. There the axes of positions are those that
/// take part in no multiply-accumulate operation, on a weight with two other axes.
/// </summary>
internal static class KernelAxes
{
    private const string Why = "a position in a kernel is no channel";

    /// <summary>Pins the positions in kernels.</summary>
    public static void Pin(LayoutInference layouts, LayoutRules rules)
    {
        var substitution = layouts.Unifier.Substitution;
        var computed = layouts.Shapes.Graph.Nodes.SelectMany(node => CostModel.Products(layouts, rules, node)).SelectMany(axes => axes)
            .SelectMany(substitution.Leaves).ToHashSet();
        var readers = layouts.Shapes.Graph.Nodes.SelectMany(node => node.Inputs.OfType<Value>(), (node, value) => (node, value.Id))
            .ToLookup(r => r.Id, r => r.node);
        foreach (var weight in GroupFinder.Weights(layouts, rules).ToList())
        {
            var axes = layouts.LayoutOf(weight)!.Where(term => !layouts.Unifier.Arena.SizeOf(term).IsOne).ToList();
            var positions = axes.FindAll(term => IsOutside(computed, substitution.Leaves(term)));
            if (axes.Count - positions.Count < 2) continue;
            var node = readers[weight.Id].First();
            foreach (var position in positions) substitution.Pin(position, new PinReason(node.OpType, node.Label, Why));
        }
    }

    private static bool IsOutside(HashSet<Term> computed, IReadOnlyList<Term> leaves) => leaves.Count > 0 && !leaves.Any(computed.Contains);
}
