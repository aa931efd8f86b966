using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>Measures a layer of the pruned network against the original's, at the present position of both walks.</summary>
/// <param name="original">The walk through the original, after the layer, or before it if more than the linear map is fused in it.</param>
/// <param name="pruned">The walk through the pruned network, before the layer.</param>
/// <param name="operators">The operators of the model.</param>
/// <param name="options">The settings, including the number of positions.</param>
/// <param name="provider">The execution provider.</param>
internal sealed class LayerMeasurements(
    ActivationWalk original, ActivationWalk pruned, OperatorSet operators, ReconstructionOptions options, ExecutionProvider provider)
{
    /// <summary>The wanted and the present mean and variance of each output channel.</summary>
    public OutputMoments? Outputs(LinearLayer layer, Node twin, bool[] keptOutputs)
    {
        var model = EmptyModel();
        if (Sources(model, layer, twin) is not { } sources) return null;
        var node = layer.LinearPart;
        model.Graph.Initializer.AddRange(
            node.Input.Where(pruned.Initializers.ContainsKey).Distinct().Select(name => pruned.Initializers[name]));
        node.Input[layer.View.Input] = "features";
        model.Graph.Node.Add(node);
        var graph = new GraphExtension(model, "s");
        string target = Kept(graph, "target", layer, keptOutputs);
        return StatisticsPass.Run(
            model, graph, layer, sources, node.Output[0], pruned.Live.Count, options.Positions, options.Seed, provider,
            unfolding => OutputMoments.AddTo(graph, unfolding, layer, target, node.Output[0]));
    }

    /// <summary>Moments of what the layer reads, with what it should give.</summary>
    public LayerStatistics? Statistics(LinearLayer layer, Node twin, bool[] keptOutputs)
    {
        var model = EmptyModel();
        var graph = new GraphExtension(model, "s");
        if (Sources(model, layer, twin) is not { } sources) return null;
        string target = JoinedTarget(graph, sources, layer, keptOutputs);
        return StatisticsPass.Run(
            model, graph, layer, sources, target, pruned.Live.Count, options.Positions, options.Seed, provider,
            unfolding => LayerStatistics.AddTo(graph, unfolding, layer, "features", target, countsZeros: false));
    }

    /// <summary>Sums for the targets before a Relu; null where they cannot be had.</summary>
    public TargetSums? Rectified(LinearLayer layer, Node twin, bool[] keptOutputs, RectifiedTarget rectified, LinearSolution solution)
    {
        var model = EmptyModel();
        var graph = new GraphExtension(model, "s");
        if (!graph.HasWhere || Sources(model, layer, twin) is not { } sources) return null;
        string target = JoinedTarget(graph, sources, layer, keptOutputs), plain = Kept(graph, "target", layer, keptOutputs);
        var (other, otherPruned) = (default(string), default(string));
        if (rectified.Rectifier.Other is { } summand)
        {
            if (!AddOther(sources, summand)) return null;
            (other, otherPruned) = (Kept(graph, "other", layer, keptOutputs), "otherPruned");
        }
        return StatisticsPass.Run(
            model, graph, layer, sources, target, pruned.Live.Count, options.Positions, options.Seed, provider,
            unfolding => rectified.AddTo(graph, unfolding, solution, new RectifiedTarget.Values("features", target, plain, other, otherPruned)));
    }

    // What the layer should give: the original's output, and where it joins a sum, what the other summand misses by now.
    private string JoinedTarget(GraphExtension graph, Dictionary<string, Func<int, OrtValue>> sources, LinearLayer layer, bool[] keptOutputs)
    {
        string target = Kept(graph, "target", layer, keptOutputs);
        if (Join.Of(pruned.Graph, layer, operators) is not { } join) return target;
        var scale = operators.NormalizationOf(join.Normalization) is { } view
            ? NormalizationScale.Of(pruned.Initializers, join.Normalization!, view)
            : null;
        if ((scale is null && join.Normalization is not null) || !AddOther(sources, join.Other)) return target;
        string missing = graph.Node("Sub", [Kept(graph, "other", layer, keptOutputs), "otherPruned"]);
        if (scale is not null) missing = graph.Node("Mul", [missing, graph.Constant(Inverse(scale, layer))]);
        return graph.Node("Add", [target, missing]);
    }

    private bool AddOther(Dictionary<string, Func<int, OrtValue>> sources, Value other)
    {
        if (!original.Live[0].ContainsKey(other.Name) || !pruned.Live[0].ContainsKey(other.Name)) return false;
        sources["other"] = batch => original.Live[batch][other.Name];
        sources["otherPruned"] = batch => pruned.Live[batch][other.Name];
        return true;
    }

    // The layer's input and what it should give. A target that a fused activation hides is computed by the linear part of the original's node.
    private Dictionary<string, Func<int, OrtValue>>? Sources(ModelProto model, LinearLayer layer, Node twin)
    {
        var sources = new Dictionary<string, Func<int, OrtValue>>(StringComparer.Ordinal)
        {
            ["features"] = batch => pruned.Live[batch][layer.Input.Name],
        };
        if (layer.IsOnlyLinear)
        {
            sources["target"] = batch => original.Live[batch][twin.Outputs[0]!.Name];
            return sources;
        }
        if (operators.LinearOf(twin)?.LinearPart?.Clone() is not { } part) return null;
        for (int slot = 0; slot < part.Input.Count; slot++)
        {
            string name = part.Input[slot], own = $"original/{name}";
            if (name.Length == 0) continue;
            part.Input[slot] = own;
            if (original.Initializers.TryGetValue(name, out var tensor)) model.Graph.Initializer.Add(new TensorProto(tensor) { Name = own });
            else if (original.Live[0].ContainsKey(name)) sources[own] = batch => original.Live[batch][name];
            else return null;
        }
        part.Output[0] = "target";
        model.Graph.Node.Add(part);
        return sources;
    }

    private ModelProto EmptyModel() => StatisticsPass.EmptyModel(pruned.Graph.Model);

    private static string Kept(GraphExtension graph, string value, LinearLayer layer, bool[] mask)
    {
        long[] indices = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i]).Select(i => (long)i)];
        return indices.Length == mask.Length
            ? value
            : graph.Node("Gather", [value, graph.Integers(indices)], GraphExtension.Int("axis", layer.OutputAxis));
    }

    // 1 / scale along the axis of the output channels.
    private static TensorProto Inverse(double[] scale, LinearLayer layer)
    {
        long[] dims = [scale.Length, .. Enumerable.Repeat(1L, layer.Kernel.Length)];
        return Tensors.Make("", layer.Type, dims, RectifiedTarget.Inverse(scale));
    }
}
