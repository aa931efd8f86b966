using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

/// <summary>Every scope meets every budget with whatever limits, on real networks.</summary>
public class ZooAllocationTests
{
    public static TheoryData<string, BudgetKind, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, BudgetKind, int>();
            foreach (string name in new[] { "resnet18", "squeezenet1_1", "shufflenet_v2_x1_0", "bert_small", "lstm_bi" })
                foreach (var kind in Enum.GetValues<BudgetKind>().Where(k => k != BudgetKind.Latency))
                    cases.Add(name, kind, kind is BudgetKind.Params or BudgetKind.Channels ? 8 : 1);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Budgets_are_met_within_one_step(string name, BudgetKind kind, int roundTo)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
        var curves = RandomCurves.Of(analysis, new SplitMix64(SplitMix64.Seed(name)));
        var losses = new Dictionary<Scope, double>();
        foreach (var scope in Enum.GetValues<Scope>())
        {
            var options = new AllocationOptions(scope, RoundTo: roundTo, MinChannels: 3, MaxSparsity: scope == Scope.Local ? 1 : 0.9);
            double share = (0.3 * Allocator.Least(analysis, analysis.Groups, kind, options)) + 0.7;
            var problem = Allocator.Problem(analysis, curves, new Budget(kind, share), options);
            var kept = Allocator.Allocate(analysis, curves, new Budget(kind, share), options);
            int[] steps =
            [
                .. kept.Select(
                    (mask, g) => Enumerable.Range(0, problem.Groups[g].Count + 1).Single(k => problem.Groups[g].Kept(k) == mask.Count(c => c)))];
            var point = problem.PointAt(steps);
            Assert.InRange(point.Total, 0, problem.Limit);
            var needed = Enumerable.Range(0, steps.Length).Where(g => steps[g] > 0)
                .Select(g => point.Total - point.Saving(g, problem.Groups[g].Kept(steps[g] - 1)) > problem.Limit).ToList();
            Assert.Contains(true, needed);
            if (scope != Scope.Local) Assert.DoesNotContain(false, needed);
            losses[scope] = problem.DistortionOf(steps);
        }
        Assert.InRange(losses[Scope.Dp], 0, losses[Scope.Global]);
        Assert.Equal(losses[Scope.Dp], losses[Scope.Search]);
    }

    [Theory]
    [InlineData(Scope.Global)]
    [InlineData(Scope.Dp)]
    public void A_hundred_thousand_steps_are_taken(Scope scope)
    {
        var layers = Enumerable.Range(0, 5).Select(i =>
            (
                Weights: $"float[4,20000] a{i} = normal 0.1, float[20000,4] b{i} = normal 0.1",
                Nodes: $"u{i} = MatMul(x{i}, a{i}) v{i} = Relu(u{i}) x{i + 1} = MatMul(v{i}, b{i})"));
        var wide = Analysis.Of($"g (float[N,4] x0) => (float[N,4] x5) <{string.Join(", ", layers.Select(l => l.Weights))}> {{ {string.Join(' ', layers.Select(l => l.Nodes))} }}");
        var curves = RandomCurves.Of(wide, new SplitMix64(SplitMix64.Seed("wide")));
        var kept = Allocator.Allocate(wide, curves, new Budget(BudgetKind.Macs, 0.2), new AllocationOptions(scope));
        Assert.InRange(kept.Sum(mask => mask.Count(k => k)), 1, 70_000);
    }
}
