using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>Measured latency as a cost: a fixed part, and one that shrinks with the work.</summary>
public class LatencyCostTests
{
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,8] x) => (float[N,2] y) <float[8,16] a = normal 0.1, float[16,10] b = normal 0.1, float[10,2] c = normal 0.1>
        { p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)  s = Relu (r)  y = MatMul (s, c) }
        """);

    [Fact]
    public void Work_is_multiply_accumulates_and_elements_where_there_are_none()
    {
        var nodes = analysis.Graph.Nodes;

        Assert.Equal(0.25, Share(nodes[1]), 1e-12);
        Assert.Equal(0.25, Share(nodes[0]), 1e-12);
        Assert.Equal(0.25, Share(nodes[2], nodes[3]), 1e-12);
        Assert.Equal(1, Share(nodes[4]), 1e-12);
    }

    [Fact]
    public void The_budget_of_latency_is_spent_where_time_is()
    {
        var nodes = analysis.Graph.Nodes;
        var timed = LatencyCost.Add(
            analysis, [new NodeLatency([nodes[0]], 1, 0), new NodeLatency([nodes[2]], 0.5, 8), new NodeLatency([nodes[4]], 0, 0.5)]);

        Assert.Equal(10, timed.Cost.Total(_ => null).Milliseconds, 1e-12);
        Assert.Equal(6, timed.Cost.Total(v => v == timed.Groups[0].Variable ? 8 : null).Milliseconds, 1e-12);
        var kept = Allocator.Allocate(timed, Even(timed), new Budget(BudgetKind.Latency, 0.6), new AllocationOptions(MaxSparsity: 1));
        Assert.InRange(timed.Cost.Total(v => Kept(timed, kept, v)).Milliseconds, 5, 6);
    }

    [Fact]
    public void What_always_takes_the_same_puts_a_budget_out_of_reach()
    {
        var timed = LatencyCost.Add(analysis, [new NodeLatency([analysis.Graph.Nodes[0]], 9, 1)]);

        var failure = Assert.Throws<OnnxPruneException>(
            () => Allocator.Allocate(timed, Even(timed), new Budget(BudgetKind.Latency, 0.5), new AllocationOptions()));

        Assert.Equal(ErrorCodes.BudgetOutOfReach, failure.Code);
    }

    [Fact]
    public void Latency_that_was_not_measured_is_no_cost() =>
        Assert.Equal(ErrorCodes.InvalidOption, Assert.Throws<OnnxPruneException>(() =>
            Allocator.Allocate(analysis, Even(analysis), new Budget(BudgetKind.Latency, 0.5), new AllocationOptions())).Code);

    private static long? Kept(ModelAnalysis analysis, IReadOnlyList<bool[]> masks, Term variable) =>
        analysis.Groups.Zip(masks).Where(p => p.First.Variable == variable).Select(p => (long?)p.Second.Count(k => k)).FirstOrDefault();

    private static IReadOnlyList<GroupCurve> Even(ModelAnalysis analysis) =>
        [.. analysis.Groups.Select(g => GroupCurve.Of(g, [.. Enumerable.Repeat(1.0, g.Size)]))];

    private double Share(params Node[] nodes) => LatencyCost.Share(analysis, nodes, v => v == analysis.Groups[0].Variable ? 4 : null);
}
