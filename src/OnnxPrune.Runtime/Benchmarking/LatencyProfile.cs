using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>
/// What each part of a model takes, and how that shrinks: the original and variants with three quarters, half and a quarter of every group are
/// profiled, and the time of each kernel is fitted as a fixed part and one in proportion to its work.
/// </summary>
/// <param name="analysis">The model.</param>
/// <param name="options">How it is timed.</param>
/// <param name="provider">Where.</param>
internal sealed class LatencyProfile(ModelAnalysis analysis, LatencyOptions options, ExecutionProvider provider)
{
    private static readonly double[] Shares = [1, 0.75, 0.5, 0.25];

    /// <summary>The analysis with measured latency in its cost.</summary>
    /// <param name="groups">The groups that may shrink.</param>
    /// <param name="limits">Variants keep the multiples that these ask for.</param>
    /// <param name="progress">Called with the number of profiles done and their total.</param>
    /// <param name="cancellation">Stops between runs.</param>
    public ModelAnalysis Measure(
        IReadOnlyList<ChannelGroup> groups, AllocationOptions limits, Action<int, int>? progress, CancellationToken cancellation)
    {
        var names = new NodeNames(analysis.Graph);
        var inputs = BenchmarkInputs.Of(analysis, options);
        var variants = new List<(Cut Cut, NodeProfile Profile)>();
        foreach (double share in Shares)
        {
            var shrinking = groups.Where(g => KeptOf(g, share, limits.MultipleFor(g)) < g.Size);
            var masks = shrinking.ToDictionary(g => g, g => FirstOf(g.Size, KeptOf(g, share, limits.MultipleFor(g))));
            var cut = Cut.Of(analysis, masks);
            variants.Add((cut, NodeProfile.Of(Rewriter.Prune(cut), names, inputs, options, provider, cancellation)));
            progress?.Invoke(variants.Count, Shares.Length);
        }
        return LatencyCost.Add(analysis, Times(variants));
    }

    private List<NodeLatency> Times(List<(Cut Cut, NodeProfile Profile)> variants)
    {
        var clusters = Clusters(variants[0].Profile);
        double[] Work(IReadOnlyList<Node> nodes) => [.. variants.Select(v => WorkLeft(nodes, v.Cut))];
        LinearFit Fit(double[] work, Func<NodeProfile, double> time) => LinearFit.Through([.. variants.Select((v, i) => (work[i], time(v.Profile)))]);

        var works = clusters.ConvertAll(Work);
        var fits = clusters.Select((nodes, c) => Fit(works[c], p => p.Nodes.GetValueOrDefault(nodes[0].Index))).ToList();
        double slopes = fits.Sum(f => f.Slope);
        if (slopes <= 0) return WholeModel(variants, Work, Fit);

        // Kernels that are not known shrink as the known ones do.
        double[] together = [.. variants.Select((_, v) => fits.Select((f, c) => f.Slope * works[c][v]).Sum() / slopes)];
        var others = Fit(together, p => p.Others);
        var times = clusters.Select((nodes, c) => new NodeLatency(nodes, fits[c].Fixed, fits[c].Slope * (1 + (others.Slope / slopes)))).ToList();
        return [.. times, new NodeLatency([analysis.Graph.Nodes[0]], others.Fixed, 0)];
    }

    // If no kernel can be mapped to a node, the whole model counts as one kernel.
    private List<NodeLatency> WholeModel(
        List<(Cut Cut, NodeProfile Profile)> variants,
        Func<IReadOnlyList<Node>, double[]> work,
        Func<double[], Func<NodeProfile, double>, LinearFit> fit)
    {
        var nodes = analysis.Graph.Nodes;
        var whole = fit(work(nodes), p => p.Others + p.Nodes.Values.Sum());
        double least = variants[0].Profile.Others + variants[0].Profile.Nodes.Values.Sum();
        return [whole.Slope > 0 ? new NodeLatency(nodes, whole.Fixed, whole.Slope) : new NodeLatency(nodes, 0, least)];
    }

    // Every node that has no kernel of its own is part of that of what reads it.
    private List<IReadOnlyList<Node>> Clusters(NodeProfile original)
    {
        var nodes = analysis.Graph.Nodes;
        var readers = nodes.SelectMany(n => n.Reads.Select(v => (Value: v, Reader: n.Index))).ToLookup(r => r.Value, r => r.Reader);
        int[] cluster = new int[nodes.Count];
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            var reading = nodes[i].Outputs.OfType<Value>().SelectMany(v => readers[v]).Select(r => cluster[r]);
            cluster[i] = original.Nodes.ContainsKey(i) ? i : reading.DefaultIfEmpty(-1).Min();
        }
        var members = nodes.ToLookup(n => cluster[n.Index]);
        return [.. original.Nodes.Keys.Order().Select(timed => (IReadOnlyList<Node>)[nodes[timed], .. members[timed].Where(n => n.Index != timed)])];
    }

    private double WorkLeft(IReadOnlyList<Node> nodes, Cut cut) =>
        LatencyCost.Share(analysis, nodes, cut.KeptOf);

    private static int KeptOf(ChannelGroup group, double share, int multiple) =>
        Math.Min(group.Size, Math.Max(1, (int)Math.Round(share * group.Size / multiple)) * multiple);

    private static bool[] FirstOf(int size, int kept) => [.. Enumerable.Range(0, size).Select(i => i < kept)];
}
