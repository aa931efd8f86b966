using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Carries what recovery changed in a twin of a pruned model, with other statistics or in another element type, to the pruned model: what did
/// not change there keeps its bits, means and variances of BatchNormalizations move as far as those of the twin.
/// </summary>
internal static class CarriedWeights
{
    /// <summary>The pruned model with what was recovered.</summary>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="cut">Its twin.</param>
    /// <param name="recovered">The twin after recovery: the same nodes, with other weights and maybe more biases.</param>
    /// <param name="operators">The operators of the model.</param>
    public static OnnxModel To(OnnxModel pruned, OnnxModel cut, OnnxModel recovered, OperatorSet operators)
    {
        var graph = pruned.Proto.Clone().Graph;
        var (own, before, after) = (Initializers(graph), Initializers(cut.Proto.Graph), Initializers(recovered.Proto.Graph));
        var twins = GraphReader.Read(cut.Proto).Nodes.Where(n => n.Proto.Output.Count > 0).ToDictionary(n => n.Proto.Output[0], StringComparer.Ordinal);
        var nodes = graph.Node.Where(n => n.Output.Count > 0).ToDictionary(n => n.Output[0], StringComparer.Ordinal);
        foreach (var (then, now) in cut.Proto.Graph.Node.Zip(recovered.Proto.Graph.Node))
            for (int slot = 0; slot < now.Input.Count; slot++)
                if (now.Input[slot] != then.Input.ElementAtOrDefault(slot))
                    graph.Initializer.Add(
                        Connect(nodes[now.Output[0]], slot, after[now.Input[slot]], own, operators.LinearOf(twins[now.Output[0]])));
        var views = twins.Values.Select(n => (Node: n, View: operators.NormalizationOf(n))).Where(n => n.View is not null).ToList();
        var means = views.Select(n => n.Node.Inputs[n.View!.Mean]?.Name ?? "").ToHashSet(StringComparer.Ordinal);
        var variances = views.Select(n => n.Node.Inputs[n.View!.Variance]?.Name ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var mine in own.Values.Where(t => before.ContainsKey(t.Name)))
        {
            int at = graph.Initializer.IndexOf(mine);
            if (!after.TryGetValue(mine.Name, out var now)) graph.Initializer.RemoveAt(at);
            else if (!now.Equals(before[mine.Name])) graph.Initializer[at] = Moved(mine, before[mine.Name], now, means, variances);
        }
        var proto = pruned.Proto.Clone();
        proto.Graph = graph;
        return pruned with { Proto = proto };
    }

    // The new tensor has the type of what it replaces, or of the layer's weights.
    private static TensorProto Connect(NodeProto node, int slot, TensorProto added, Dictionary<string, TensorProto> own, LinearView? view)
    {
        int weights = view?.Packed?.Scales ?? view?.Weights ?? 1;
        var like = own.GetValueOrDefault(node.Input.ElementAtOrDefault(slot) ?? "") ?? own[node.Input[weights]];
        while (node.Input.Count <= slot) node.Input.Add("");
        node.Input[slot] = added.Name;
        return Tensors.Make(added.Name, Tensors.TypeOf(like), added.Dims, Tensors.Doubles(added));
    }

    private static TensorProto Moved(TensorProto mine, TensorProto then, TensorProto now, HashSet<string> means, HashSet<string> variances)
    {
        double[] values = Tensors.Doubles(mine), before = Tensors.Doubles(then), after = Tensors.Doubles(now);
        for (int i = 0; i < values.Length; i++)
        {
            if (means.Contains(mine.Name)) values[i] += after[i] - before[i];
            else if (!variances.Contains(mine.Name)) values[i] = after[i];
            else if (before[i] > 0) values[i] *= after[i] / before[i];
        }
        return Tensors.Make(mine.Name, Tensors.TypeOf(mine), mine.Dims, values);
    }

    private static Dictionary<string, TensorProto> Initializers(GraphProto graph) =>
        graph.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);
}
