using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// The change of the network's outputs when channels are removed without compensation, measured by running the network without them. This is
/// the most direct and slowest measure of importance, and the only one for groups that no linear layer reads. Channels are measured in blocks of
/// similar norm.
/// </summary>
internal sealed class OutputDistortion
{
    private readonly ModelAnalysis analysis;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches;
    private readonly SensitivityOptions options;
    private readonly ExecutionProvider provider;
    private readonly OutputDistance distance;

    private OutputDistortion(
        ModelAnalysis analysis,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        SensitivityOptions options,
        ExecutionProvider provider)
    {
        this.analysis = analysis;
        this.batches = [.. batches.Take(BatchCount.Holding(batches, options.Samples))];
        this.options = options;
        this.provider = provider;
        distance = new OutputDistance(ComparedValues.Of(new OnnxModel(analysis.Graph.Model), analysis, this.batches, provider));
    }

    /// <summary>The curves of groups, in their order.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="batches">The graph's inputs, batch by batch; the first of them are used.</param>
    /// <param name="blocks">Blocks of channels that a group is measured in, at most.</param>
    /// <param name="options">How.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="progress">Called after each group with the number of those done.</param>
    /// <param name="cancellation">Stops between groups.</param>
    public static IReadOnlyList<GroupCurve> Run(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        int blocks,
        SensitivityOptions options,
        ExecutionProvider provider,
        Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        if (groups.Count == 0) return [];
        var distortion = new OutputDistortion(analysis, batches, options, provider);
        var norms = ImportanceScores.Compute(analysis, groups, new EuclideanNorm(), Aggregation.Sum, ScoreNormalization.None, options.Seed);
        var curves = new List<GroupCurve>();
        for (int g = 0; g < groups.Count; g++)
        {
            cancellation.ThrowIfCancellationRequested();
            curves.Add(distortion.CurveOf(groups[g], norms[g], blocks));
            progress?.Invoke(curves.Count);
        }
        return curves;
    }

    private GroupCurve CurveOf(ChannelGroup group, double[] norms, int blocks)
    {
        if (!distance.Distinguishes) return GroupCurve.Of(group, norms);
        var byNorm = GroupCurve.Of(group, norms).Order;
        var measured = byNorm.Chunk((group.Size + blocks - 1) / blocks).Where(block => block.Length < group.Size)
            .Select(block => (Channels: block, Distortion: Without(group, block))).OrderBy(b => b.Distortion).ToList();
        if (measured.Count == 0) return GroupCurve.Of(group, norms);
        var order = measured.SelectMany(b => b.Channels).ToList();
        var predicted = new List<double> { 0 };
        foreach (var (channels, cost) in measured) predicted.AddRange(Rise(predicted[^1], cost, channels.Length));
        var heights = MeasuredCurve.Stops(group.Size, options.Shares).Order().Select(k => (k, Without(group, order[..k]))).ToList();
        return new GroupCurve(group, order, MeasuredCurve.Through(predicted, heights));
    }

    private static IEnumerable<double> Rise(double from, double by, int steps) =>
        [.. Enumerable.Range(1, steps).Select(k => from + (by * k / steps))];

    private double Without(ChannelGroup group, IReadOnlyList<int> channels)
    {
        bool[] kept = [.. Enumerable.Repeat(true, group.Size)];
        foreach (int channel in channels) kept[channel] = false;
        return distance.Of(
            ComparedValues.Of(Rewriter.Prune(Cut.Of(analysis, [KeyValuePair.Create(group, kept)])), analysis, batches, provider));
    }
}
