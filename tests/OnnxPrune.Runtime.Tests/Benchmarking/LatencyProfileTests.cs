using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Benchmarking;

public class LatencyProfileTests
{
    private static readonly ModelAnalysis Network = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,16,16,16] x) => (float[N,4] y)
        <float[64,16,3,3] a = normal 0.1, float[8,64,3,3] b = normal 0.1, float[8,32] c = normal 0.1, float[32,4] d = normal 0.1>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv <pads = [1,1,1,1]> (q, b)  s = Relu (r)  t = GlobalAveragePool (s)
            u = Flatten (t)  v = MatMul (u, c)  w = Relu (v)  y = MatMul (w, d)
        }
        """)));

    [Fact]
    public void A_kernel_belongs_to_the_node_that_it_is_named_after()
    {
        var names = new NodeNames(Network.Graph);

        Assert.Equal(3, names.Of("@3@_kernel_time"));
        Assert.Equal(6, names.Of("@6@/MatMulScaleFusion/_kernel_time"));
        Assert.Equal(1, names.Of("q_nchwc_kernel_time"));
        Assert.Null(names.Of("ReorderOutput_kernel_time"));
        Assert.Null(names.Of("other_nchwc_kernel_time"));
    }

    [Fact]
    public void The_profile_tells_what_most_nodes_take()
    {
        var names = new NodeNames(Network.Graph);
        var pruned = Rewriter.Prune(Cut.Nothing(Network));

        var profile = NodeProfile.Of(
            pruned, names, BenchmarkInputs.Of(Network, new LatencyOptions()), new LatencyOptions(), ExecutionProvider.Cpu, default);

        Assert.All(profile.Nodes, node => Assert.InRange(node.Key, 0, Network.Graph.Nodes.Count - 1));
        Assert.True(profile.Nodes.Values.Sum() > profile.Others);
        var convolutions = profile.Nodes.Where(n => n.Key < 4).Sum(n => n.Value);
        Assert.True(convolutions > profile.Nodes.Where(n => n.Key >= 4).Sum(n => n.Value));
    }

    [Fact]
    public void Lines_are_fitted_without_negative_numbers()
    {
        Assert.Equal(new LinearFit(1, 4), Rounded(LinearFit.Through([(1, 5), (0.5, 3), (0.25, 2)])));
        Assert.Equal(new LinearFit(0, 4), Rounded(LinearFit.Through([(1, 4), (0, 0)])));
        Assert.Equal(new LinearFit(2, 0), Rounded(LinearFit.Through([(1, 1), (0.5, 2), (0, 3)])));
        Assert.Equal(new LinearFit(3, 0), Rounded(LinearFit.Through([(1, 2), (1, 4)])));
        Assert.Equal(0, LinearFit.Through([(1, 4), (0.5, 1), (0.25, 0)]).Fixed);
    }

    [Fact]
    public void The_measured_cost_shrinks_with_every_group_and_the_wide_layers_save_most()
    {
        var timed = new LatencyProfile(Network, new LatencyOptions(), ExecutionProvider.Cpu).Measure(Network.Groups, new AllocationOptions(RoundTo: 8), null, default);

        double Saved(int group) =>
            timed.Cost.Total(_ => null).Milliseconds - timed.Cost.Total(
                v => v == timed.Groups[group].Variable ? timed.Groups[group].Size / 2 : null).Milliseconds;
        Assert.All(Enumerable.Range(0, timed.Groups.Count), group => Assert.True(Saved(group) >= 0));
        Assert.True(Saved(0) > Saved(2));
        Assert.Equal(Network.Cost.Total(_ => null).Macs, timed.Cost.Total(_ => null).Macs);
        Assert.Equal(0, Network.Cost.Total(_ => null).Milliseconds);
    }

    [Fact]
    public void A_latency_budget_makes_a_plan_that_prunes_and_verifies()
    {
        var options = new PruneOptions { Budget = Budget.Parse("latency=80%"), Allocation = new AllocationOptions(RoundTo: 8) };

        var plan = new LatencySelection(Network, options, new LatencyOptions { Seconds = 0.5 }, ExecutionProvider.Cpu).Plan(Planner.Plan);

        Assert.Equal("latency=80%", plan.Options.Budget);
        Assert.Contains("% of the original's (95% interval", plan.Notes![^1], StringComparison.Ordinal);
        Assert.All(plan.Groups.Where(g => g.KeptCount < g.Size), g => Assert.Equal(0, g.KeptCount % 8));
        var kept = plan.Cut;
        Assert.Equal(Verdict.Verified, OnnxPrune.Runtime.Advanced.Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu).Verdict);
    }

    private static LinearFit Rounded(LinearFit fit) => new(Math.Round(fit.Fixed, 9), Math.Round(fit.Slope, 9));
}
