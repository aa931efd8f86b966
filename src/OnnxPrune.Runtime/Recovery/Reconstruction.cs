using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>How layers are reconstructed.</summary>
/// <param name="Methods">What is fitted.</param>
/// <param name="Ridge">The pull towards the weights before, as a share of the mean variance of a feature.</param>
/// <param name="Positions">Positions that a layer is fitted to at most.</param>
/// <param name="Seed">The seed of the choice of positions.</param>
/// <param name="Rectifications">How often a layer before a Relu is fitted again with what Relu cuts off left free.</param>
internal sealed record ReconstructionOptions(
    RecoveryMethods Methods = RecoveryMethods.Obs, double Ridge = 1e-3, int Positions = 65536, int Seed = 0, int Rectifications = 3);

/// <summary>
/// Reconstruction after pruning. In topological order, each linear layer is fitted to the outputs of the same layer in the original, from the
/// inputs that the pruned and so far reconstructed network provides. If the output is added to a sum whose other summand already differs
/// from the original, the least-squares fit compensates for that difference too, so that errors do not accumulate.
/// </summary>
internal sealed class Reconstruction : IDisposable
{
    private readonly ModelAnalysis analysis;
    private readonly KeepMasks masks;
    private readonly ReconstructionOptions options;
    private readonly Action<string>? left;
    private readonly ActivationWalk original;
    private readonly ActivationWalk pruned;
    private readonly IReadOnlyDictionary<string, Offset> offsets;
    private readonly Dictionary<string, Node> twins;
    private readonly LayerMeasurements measurements;

    private Reconstruction(
        Cut cut,
        OnnxModel pruned,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ReconstructionOptions options,
        ExecutionProvider provider,
        Action<string>? left)
    {
        analysis = cut.Analysis;
        this.left = left;
        this.options = options;
        masks = cut.Masks();
        (var prepared, offsets) = PrivateOffsets.Make(pruned.Proto, analysis.Operators);
        original = new ActivationWalk(analysis.Graph.Model, batches, provider);
        this.pruned = new ActivationWalk(prepared, batches, provider);
        twins = original.Graph.Nodes.Where(n => n.Outputs is [not null, ..]).ToDictionary(n => n.Outputs[0]!.Name, StringComparer.Ordinal);
        measurements = new LayerMeasurements(original, this.pruned, analysis.Operators, options, provider);
    }

    /// <summary>The pruned model with reconstructed weights.</summary>
    /// <param name="cut">The original and the channels that stayed.</param>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="batches">Calibration data, batch by batch.</param>
    /// <param name="options">How.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="progress">Called with the number of nodes done and their total.</param>
    /// <param name="left">Called with each layer that stays as it is because its statistics cannot be had.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static OnnxModel Run(
        Cut cut,
        OnnxModel pruned,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ReconstructionOptions options,
        ExecutionProvider provider,
        Action<int, int>? progress = null,
        Action<string>? left = null,
        CancellationToken cancellation = default)
    {
        using var reconstruction = new Reconstruction(cut, pruned, batches, options, provider, left);
        return pruned with { Proto = reconstruction.Run(progress, cancellation) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        original.Dispose();
        pruned.Dispose();
    }

    private ModelProto Run(Action<int, int>? progress, CancellationToken cancellation)
    {
        var graph = pruned.Graph;
        var readers = LinearLayer.ReadersOf(graph);
        var changed = new HashSet<Value>();
        foreach (var node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(node.Index, graph.Nodes.Count);
            var twin = node.Outputs is [{ } output, ..] ? twins.GetValueOrDefault(output.Name) : null;
            var layer = twin is null ? null : LinearLayer.Of(node, readers, analysis.Operators);
            bool joins = layer is not null && Join.Of(graph, layer, analysis.Operators) is { } join && changed.Contains(join.Other);
            bool contracts = twin is not null && Contracts(node, twin);
            if (!joins && !contracts && !node.Reads.Any(changed.Contains) && twin is not null) continue;
            if (layer is not null) Fit(layer, twin!, contracts);
            changed.UnionWith(node.Outputs.OfType<Value>());
        }
        return PrivateOffsets.WithoutUnused(Result(graph.Model), offsets.Values);
    }

    // A contraction that lost features computes something else; what only lost outputs computes the same for those it has.
    private bool Contracts(Node node, Node twin)
    {
        for (int slot = 0; slot < Math.Min(node.Inputs.Length, twin.Inputs.Length); slot++)
        {
            if (twin.Inputs[slot] is not { } value || analysis.Layouts.LayoutOf(Twin(value)) is not { } layout) continue;
            var outputs = twin.Outputs.OfType<Value>()
                .SelectMany(o => analysis.Layouts.LayoutOf(Twin(o)) ?? [])
                .SelectMany(analysis.Layouts.Unifier.Substitution.Leaves)
                .ToHashSet();
            if (layout.Any(t => !masks.KeepsAll(t) && !analysis.Layouts.Unifier.Substitution.Leaves(t).All(outputs.Contains))) return true;
        }
        return false;
    }

    private Value Twin(Value value) => analysis.Graph.Values[value.Id];

    private void Fit(LinearLayer layer, Node twin, bool contracts)
    {
        bool solves = options.Methods.HasFlag(RecoveryMethods.Obs) || (contracts && options.Methods.HasFlag(RecoveryMethods.Ls));
        bool scales = options.Methods.HasFlag(RecoveryMethods.Bn), shifts = scales || (contracts && options.Methods.HasFlag(RecoveryMethods.Bias));
        if (layer.IsPacked) (solves, shifts) = (false, solves || shifts);
        if (!(solves || shifts) || analysis.Layouts.LayoutOf(Twin(twin.Outputs[0]!)) is not { } layout) return;
        original.AdvanceTo(layer.IsOnlyLinear ? twin.Index + 1 : twin.Index);
        pruned.AdvanceTo(layer.Node.Index);
        bool[] keptOutputs = masks.Of(layout[layer.HasChannelsFirst ? 1 : ^1]);
        bool fitted = (!solves || Solve(layer, twin, keptOutputs)) && (!shifts || Shift(layer, twin, keptOutputs, scales));
        if (!fitted) left?.Invoke(layer.Node.Label);
    }

    private bool Shift(LinearLayer layer, Node twin, bool[] keptOutputs, bool scales)
    {
        if (measurements.Outputs(layer, twin, keptOutputs) is not { } moments) return false;
        new OutputMatch(pruned, layer, OffsetOf(layer), analysis.Operators).Apply(moments, scales);
        return true;
    }

    private Offset? OffsetOf(LinearLayer layer) => offsets.GetValueOrDefault(layer.Node.Outputs[0]!.Name);

    private bool Solve(LinearLayer layer, Node twin, bool[] keptOutputs)
    {
        if (measurements.Statistics(layer, twin, keptOutputs) is not { } statistics || Solve(layer, statistics) is not { } solution) return false;
        if (Rectifier.Behind(pruned, layer, analysis.Operators) is { } rectifier)
        {
            var target = new RectifiedTarget(layer, rectifier);
            for (int i = 0; i < options.Rectifications && measurements.Rectified(layer, twin, keptOutputs, target, solution) is { } sums; i++)
            {
                statistics.Retarget(sums);
                if (Solve(layer, statistics) is not { } next) break;
                solution = next;
            }
        }
        pruned.Put(layer.ToTensor(solution.Weights));
        if (OffsetOf(layer) is { } offset) pruned.Put(offset.Shifted(pruned.Initializers[offset.Tensor], solution.Intercept, replaces: true));
        return true;
    }

    private LinearSolution? Solve(LinearLayer layer, LayerStatistics statistics)
    {
        var weights = layer.ToMatrices(pruned.Initializers[layer.Weight.Name]);
        var intercept = new List<double>();
        for (int group = 0; group < layer.Groups; group++)
        {
            if (LeastSquares.Solve(statistics.Moments(group, centred: OffsetOf(layer) is not null), weights[group], options.Ridge) is not { } solved)
                return null;
            weights[group] = solved.Weights;
            intercept.AddRange(solved.Intercept);
        }
        return new LinearSolution(weights, intercept);
    }

    private ModelProto Result(ModelProto prepared)
    {
        var model = prepared.Clone();
        for (int i = 0; i < model.Graph.Initializer.Count; i++) model.Graph.Initializer[i] = pruned.Initializers[model.Graph.Initializer[i].Name];
        return model;
    }
}
