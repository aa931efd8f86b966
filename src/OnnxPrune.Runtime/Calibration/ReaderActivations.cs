using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>How activations are gathered.</summary>
/// <param name="Positions">Positions of the activations that a layer's moments are taken over, at most.</param>
/// <param name="Seed">The seed of their choice.</param>
internal sealed record ReaderActivationsOptions(int Positions, int Seed);

/// <summary>Gathers, for criteria that need them, what the linear layers that read groups are given on calibration data.</summary>
internal static class ReaderActivations
{
    /// <summary>The scores of groups; null for one that no linear layer reads.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="batches">The graph's inputs, batch by batch.</param>
    /// <param name="criterion">How activations become importance.</param>
    /// <param name="aggregation">How the layers that read a group are put together.</param>
    /// <param name="normalization">How groups become comparable.</param>
    /// <param name="options">How activations are gathered.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<double[]?> Scores(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ActivationCriterion criterion,
        Aggregation aggregation,
        ScoreNormalization normalization,
        ReaderActivationsOptions options,
        ExecutionProvider provider,
        CancellationToken cancellation = default)
    {
        var readers = Run(analysis, groups, batches, criterion.CountsZeros, options, provider, cancellation);
        return ImportanceScores.Compute(analysis, groups, criterion, readers, aggregation, normalization);
    }

    /// <summary>The readers of groups in the order of the graph, each with the position of the group. One layer is held at a time.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="batches">The graph's inputs, batch by batch.</param>
    /// <param name="countsZeros">True to count the features that are exactly zero, too, which takes time.</param>
    /// <param name="options">How activations are gathered.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IEnumerable<(int Group, GroupReader Reader)> Run(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        bool countsZeros,
        ReaderActivationsOptions options,
        ExecutionProvider provider,
        CancellationToken cancellation = default)
    {
        using var walk = new ActivationWalk(analysis.Graph.Model, batches, provider);
        var uses = LinearLayer.ReadersOf(walk.Graph);
        var layers = walk.Graph.Nodes.Select(n => LinearLayer.Of(n, uses, analysis.Operators)).OfType<LinearLayer>();
        foreach (var layer in layers.Where(l => !l.IsPacked))
        {
            cancellation.ThrowIfCancellationRequested();
            var reads = GroupReaders.ReadsOf(analysis, layer, groups);
            if (reads.Count == 0) continue;
            walk.AdvanceTo(layer.Node.Index);
            if (StatisticsPass.Run(walk, layer, options.Positions, options.Seed, provider, countsZeros)?.Inputs() is not { } inputs) continue;
            foreach (var (group, channels) in reads) yield return (group, new GroupReader(inputs, channels));
        }
    }
}
