using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// Finds for every group the order in which its channels should leave, and what that does to the outputs of the network. The order and
/// the shape of the curve come from block elimination on second moments (<see cref="GroupElimination"/>), its height from running the
/// network with the group masked and its readers compensating.
/// </summary>
internal sealed class SensitivityAnalysis : IDisposable
{
    private readonly ModelAnalysis analysis;
    private readonly SensitivityOptions options;
    private readonly ExecutionProvider provider;
    private readonly ActivationWalk walk;
    private readonly IReadOnlyDictionary<string, Offset> offsets;
    private readonly OutputDistance distance;
    private readonly int measured;

    private SensitivityAnalysis(
        ModelAnalysis analysis,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        SensitivityOptions options,
        ExecutionProvider provider)
    {
        this.analysis = analysis;
        this.options = options;
        this.provider = provider;
        (var prepared, offsets) = PrivateOffsets.Make(ComparedValues.In(analysis.Graph.Model, analysis), analysis.Operators);
        walk = new ActivationWalk(prepared, batches, provider);
        measured = BatchCount.Holding(batches, options.Samples);
        distance = new OutputDistance(walk.RunToEnd(new Dictionary<string, TensorProto>(), measured));
    }

    /// <summary>The curves of the groups, in order. A group has none if no linear layer reads it or its statistics are not available.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="batches">The graph's inputs, batch by batch.</param>
    /// <param name="options">How.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="progress">Called with the number of steps done and their total.</param>
    /// <param name="left">Called with each layer whose statistics cannot be had.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static IReadOnlyList<GroupCurve> Run(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        SensitivityOptions options,
        ExecutionProvider provider,
        Action<int, int>? progress = null,
        Action<string>? left = null,
        CancellationToken cancellation = default)
    {
        using var sensitivity = new SensitivityAnalysis(analysis, batches, options, provider);
        return sensitivity.Run(groups, progress, left, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => walk.Dispose();

    private List<GroupCurve> Run(IReadOnlyList<ChannelGroup> groups, Action<int, int>? progress, Action<string>? left, CancellationToken cancellation)
    {
        var readers = LinearLayer.ReadersOf(walk.Graph);
        var eliminations = groups.Select(g => new GroupElimination(g.Size)).ToList();
        var first = Enumerable.Repeat(int.MaxValue, groups.Count).ToArray();
        var curves = new GroupCurve?[groups.Count];
        var layers = walk.Graph.Nodes.Select(n => LinearLayer.Of(n, readers, analysis.Operators)).OfType<LinearLayer>().Where(l => !l.IsPacked).ToList();
        var reads = layers.ConvertAll(layer => GroupReaders.ReadsOf(analysis, layer, groups));
        for (int i = 0; i < layers.Count; i++)
            foreach (var (group, _) in reads[i]) first[group] = Math.Min(first[group], layers[i].Node.Index);

        var unread = new HashSet<int>();
        int[] reading = [.. Enumerable.Range(0, layers.Count).Where(i => reads[i].Count > 0)];
        int total = reading.Length + groups.Count, done = 0;
        foreach (int i in reading)
        {
            cancellation.ThrowIfCancellationRequested();
            walk.AdvanceTo(layers[i].Node.Index);
            var moments = MomentsOf(layers[i]);
            var lost = reads[i].Where(r => moments is null || !eliminations[r.Group].Add(layers[i], moments, r.Indices, options.Ridge)).ToList();
            unread.UnionWith(lost.Select(r => r.Group));
            if (lost.Count > 0) left?.Invoke(layers[i].Node.Label);
            progress?.Invoke(++done, total);
        }

        // What a group costs is measured from before its first reader, on a second walk.
        using var behind = new ActivationWalk(walk.Graph.Model, walk.Inputs, provider);
        var measurable = Enumerable.Range(0, groups.Count).Where(g => eliminations[g].Consumers.Count > 0 && !unread.Contains(g));
        foreach (int group in measurable.OrderBy(g => first[g]))
        {
            cancellation.ThrowIfCancellationRequested();
            behind.AdvanceTo(first[group]);
            curves[group] = CurveOf(groups[group], eliminations[group], behind);
            eliminations[group] = new GroupElimination(0);
            progress?.Invoke(++done, total);
        }
        return [.. curves.OfType<GroupCurve>()];
    }

    private IReadOnlyList<Moments>? MomentsOf(LinearLayer layer)
    {
        if (StatisticsPass.Run(walk, layer, options.Positions, options.Seed, provider) is not { } statistics) return null;
        return Enumerable.Range(0, layer.Groups)
            .Select(g => statistics.Moments(g, centred: offsets.ContainsKey(layer.Node.Outputs[0]!.Name)))
            .ToList();
    }

    private GroupCurve CurveOf(ChannelGroup group, GroupElimination elimination, ActivationWalk from)
    {
        var order = new List<int>();
        var predicted = new List<double> { 0 };
        var heights = new List<(int Removed, double Distortion)>();
        var stops = MeasuredCurve.Stops(group.Size, options.Shares);
        for (int k = 1; k < group.Size; k++)
        {
            var (channel, cost) = elimination.RemoveNext();
            order.Add(channel);
            predicted.Add(predicted[^1] + cost);
            if (stops.Contains(k) && distance.Distinguishes) heights.Add((k, distance.Of(from.RunToEnd(Compensated(elimination), measured))));
        }
        order.AddRange(Enumerable.Range(0, group.Size).Except(order));
        predicted.Add(predicted[^1] * 2);
        return new GroupCurve(group, order, MeasuredCurve.Through(predicted, heights));
    }

    private Dictionary<string, TensorProto> Compensated(GroupElimination elimination)
    {
        var changed = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        foreach (var consumer in elimination.Consumers)
        {
            var before = consumer.Layer.ToMatrices(consumer.Layer.Weight.Initializer!);
            var after = consumer.Parts.Select(p => p.Weights).ToList();
            changed[consumer.Layer.Weight.Name] = consumer.Layer.ToTensor(after);
            if (offsets.GetValueOrDefault(consumer.Layer.Node.Outputs[0]!.Name) is not { } offset) continue;
            var shift = new List<double>();
            for (int g = 0; g < before.Length; g++)
                for (int o = 0; o < before[g].Rows; o++)
                    shift.Add(FixedOrder.Dot(before[g].Row(o), consumer.Means[g]) - FixedOrder.Dot(after[g].Row(o), consumer.Means[g]));
            changed[offset.Tensor] = offset.Shifted(walk.Initializers[offset.Tensor], shift, replaces: false);
        }
        return changed;
    }
}
