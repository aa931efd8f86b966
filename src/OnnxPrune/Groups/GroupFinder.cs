using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>Reads the groups off the layouts of the weights, in the order in which the nodes use them.</summary>
internal static class GroupFinder
{
    public static IReadOnlyList<ChannelGroup> Find(LayoutInference layouts, ZeroFlow zeros, LayoutRules rules)
    {
        var slices = new Dictionary<Term, List<CoupledSlice>>();
        var order = new List<(Term Variable, string Id)>();
        foreach (var weight in Weights(layouts, rules))
        {
            for (int axis = 0; axis < weight.Initializer!.Dims.Count; axis++)
            {
                var leaves = layouts.Unifier.Substitution.Leaves(layouts.LayoutOf(weight)![axis]);
                for (int i = 0; i < leaves.Count; i++)
                {
                    if (!slices.TryGetValue(leaves[i], out var found))
                    {
                        slices[leaves[i]] = found = [];
                        order.Add((leaves[i], leaves.Count > 1 ? $"{weight.Name}[{axis}]#{i}" : $"{weight.Name}[{axis}]"));
                    }
                    found.Add(new CoupledSlice(weight, axis));
                }
            }
        }
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var nesting = new GroupNesting(layouts);
        return order.ConvertAll(g => new ChannelGroup(
            Unique(g.Id, ids),
            g.Variable,
            (int)layouts.Unifier.Arena.SizeOf(g.Variable).Value,
            slices[g.Variable],
            zeros.Approximate.GetValueOrDefault(g.Variable),
            nesting.KindOf(g.Variable),
            nesting.WidthsOf(g.Variable),
            nesting.Outside(g.Variable)));
    }

    /// <summary>
    /// The float and quantised initializers in data slots that flow into an output and are not masks; each use once, in the order of use.
    /// </summary>
    public static IEnumerable<Value> Weights(LayoutInference layouts, LayoutRules rules)
    {
        var contributing = ContributingValues.Of(layouts.Shapes);
        var seen = new HashSet<int>();
        foreach (var node in layouts.Shapes.Graph.Nodes)
        {
            for (int slot = 0; slot < node.Inputs.Length; slot++)
            {
                if (node.Inputs[slot] is { Initializer: not null } value && IsTrained(layouts, value) && contributing.Includes(value)
                    && rules(node)?.IsShapeOperand(node, slot) != true && seen.Add(value.Id)) yield return value;
            }
        }
    }

    private static bool IsTrained(LayoutInference layouts, Value value) =>
        layouts.Quantized[value] is not null || (Tensors.IsFloat(value.Initializer!) && !AttentionMask.Is(value.Initializer!));

    // Two uses of one vector may belong to different groups.
    private static string Unique(string id, HashSet<string> ids)
    {
        string unique = id;
        for (int use = 2; !ids.Add(unique); use++) unique = $"{id}@{use}";
        return unique;
    }
}
