using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>A float or quantised tensor that loses indices, in one use.</summary>
/// <param name="Node">The node that reads it.</param>
/// <param name="Slot">The input of the node.</param>
/// <param name="Value">The tensor.</param>
/// <param name="Masks">The indices that stay on each axis; null for all.</param>
internal sealed record CutWeight(Node Node, int Slot, Value Value, IReadOnlyList<bool[]?> Masks)
{
    /// <summary>
    /// The tensors that lose indices with a cut, in the order in which nodes read them; each value once.
    /// </summary>
    public static IReadOnlyList<CutWeight> Of(Cut cut)
    {
        var (analysis, masks) = (cut.Analysis, cut.Masks());
        var seen = new HashSet<Value>();
        return
        [
            .. from node in analysis.Graph.Nodes
               from slot in Enumerable.Range(0, node.Inputs.Length)
               let value = node.Inputs[slot]
               where value?.Initializer is { } tensor && (Tensors.IsFloat(tensor) || analysis.Layouts.Quantized[value] is not null)
               let layout = analysis.Layouts.LayoutOf(value)!
               where layout.Any(term => !masks.KeepsAll(term)) && seen.Add(value)
               select new CutWeight(node, slot, value, [.. layout.Select(term => masks.KeepsAll(term) ? null : masks.Of(term))]),
        ];
    }
}
