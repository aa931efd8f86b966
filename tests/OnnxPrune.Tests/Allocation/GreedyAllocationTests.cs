using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

/// <summary>The lazy greedy allocation is that which looks at every group at every step, and dynamic programming never loses more.</summary>
public class GreedyAllocationTests
{
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3,16,16] x) => (float[N,2] y)
        <float[10,3,3,3] w1 = normal 0.1, float[9,10,3,3] w2 = normal 0.2, float[10,9,3,3] w3 = normal 0.3, float[8,20,3,3] w4 = normal 0.3, float[8,2] w5 = normal 0.1>
        {
            a = Conv <pads = [1,1,1,1]> (x, w1) b = Relu(a) c = Conv <pads = [1,1,1,1]> (b, w2) d = Relu(c) e = Conv <pads = [1,1,1,1]> (d, w3)
            s = Add(e, a) t = Concat <axis = 1> (s, b) u = Conv(t, w4) v = GlobalAveragePool(u) h = Flatten(v) y = MatMul(h, w5)
        }
        """);

    [Theory]
    [InlineData(BudgetKind.Macs)]
    [InlineData(BudgetKind.Params)]
    [InlineData(BudgetKind.Bytes)]
    [InlineData(BudgetKind.Channels)]
    public void It_is_the_allocation_that_recomputes_everything_at_every_step(BudgetKind kind)
    {
        var random = new SplitMix64(SplitMix64.Seed($"greedy {kind}"));
        for (int trial = 0; trial < 25; trial++)
        {
            var curves = RandomCurves.Of(analysis, random);
            var options = new AllocationOptions(RoundTo: 1 + (trial % 3), MinChannels: 1 + (trial % 2), MaxSparsity: 1);
            var budget = new Budget(kind, 0.4 + (0.55 * random.Next()));
            var problem = Allocator.Problem(analysis, curves, budget, options);
            var masks = Allocator.Masks(problem, curves, GreedyAllocation.Solve(problem));
            Assert.Equal(Naive(curves, budget, options), masks.Select(mask => mask.Count(k => k)));
        }
    }

    [Theory]
    [InlineData(BudgetKind.Macs)]
    [InlineData(BudgetKind.Params)]
    [InlineData(BudgetKind.Bytes)]
    [InlineData(BudgetKind.Channels)]
    public void Dynamic_programming_loses_no_more_and_mostly_the_least_possible(BudgetKind kind)
    {
        var random = new SplitMix64(SplitMix64.Seed($"dynamic {kind}"));
        int best = 0, better = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            var curves = RandomCurves.Of(analysis, random);
            var problem = AllocationProblem.Of(
                analysis, curves, new Budget(kind, 0.3 + (0.6 * random.Next())), new AllocationOptions(RoundTo: 1 + (trial % 3)), 1);
            int[] greedy = GreedyAllocation.Solve(problem), dynamic = DynamicAllocation.Solve(problem);
            Assert.InRange(problem.PointAt(dynamic).Total, 0, problem.Limit);
            Assert.InRange(problem.DistortionOf(dynamic), 0, problem.DistortionOf(greedy));
            if (problem.DistortionOf(dynamic) < problem.DistortionOf(greedy)) better++;
            if (problem.DistortionOf(dynamic) <= Least(problem) + 1e-9) best++;
        }
        Assert.InRange(best, kind == BudgetKind.Channels ? 40 : 30, 40);
        Assert.InRange(better, 3, 40);
    }

    [Theory]
    [InlineData(BudgetKind.Macs)]
    [InlineData(BudgetKind.Params)]
    [InlineData(BudgetKind.Channels)]
    public void Coarse_steps_leave_no_more_below_the_budget_than_dynamic_programming(BudgetKind kind)
    {
        var random = new SplitMix64(SplitMix64.Seed($"coarse {kind}"));
        int nearer = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            var curves = RandomCurves.Of(analysis, random);
            var problem = AllocationProblem.Of(
                analysis, curves, new Budget(kind, 0.6 + (0.35 * random.Next())), new AllocationOptions(RoundTo: 3 + (trial % 3)), 1);
            int[] greedy = GreedyAllocation.Solve(problem), global = GlobalAllocation.Solve(problem), dynamic = DynamicAllocation.Solve(problem);
            double whole = problem.PointAt(new int[global.Length]).Total, left = problem.PointAt(global).Total;
            Assert.InRange(left, 0, problem.Limit);
            Assert.InRange(problem.DistortionOf(global), 0, problem.DistortionOf(greedy));
            Assert.True(left >= problem.Limit - (0.01 * whole) || left >= problem.PointAt(dynamic).Total, $"{left / whole:p1} left of {problem.Limit / whole:p1}");
            if (left > problem.PointAt(greedy).Total) nearer++;
        }
        Assert.InRange(nearer, 1, 40);
    }

    private static double Least(AllocationProblem problem) =>
        (from a in Enumerable.Range(0, problem.Groups[0].Count + 1)
         from b in Enumerable.Range(0, problem.Groups[1].Count + 1)
         from c in Enumerable.Range(0, problem.Groups[2].Count + 1)
         where problem.PointAt([a, b, c]).Total <= problem.Limit
         select problem.DistortionOf([a, b, c])).Min();

    [Fact]
    public void The_compiled_cost_is_that_of_the_model()
    {
        var random = new SplitMix64(SplitMix64.Seed("cost"));
        foreach (string name in new[] { "densenet121", "llama_small", "shufflenet_v2_x1_0" })
        {
            var model = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
            int[] kept = [.. model.Groups.Select(g => 1 + (int)(random.Next() * g.Size))];
            foreach (var kind in Enum.GetValues<BudgetKind>().Where(k => k != BudgetKind.Latency))
                Assert.Equal(Measure(model, kept, kind), CostPolynomial.Of(model, model.Groups, kind).At(kept), 1e-6);
        }
    }

    private int[] Naive(IReadOnlyList<GroupCurve> curves, Budget budget, AllocationOptions options)
    {
        var removals = curves.Select(c => GroupSteps.Removals(c.Group, options, options.MaxSparsity!.Value).ToList()).ToList();
        int[] steps = new int[curves.Count];
        int[] Kept(params (int Group, int Steps)[] changes) =>
            [.. steps.Select((s, g) => curves[g].Group.Size - removals[g][changes.Where(c => c.Group == g).Select(c => c.Steps).FirstOrDefault(s)])];
        double Cost(params (int Group, int Steps)[] changes) => Measure(analysis, Kept(changes), budget.Kind);
        double limit = Cost() * budget.Fraction;
        while (Cost() > limit)
        {
            int next = Enumerable.Range(0, steps.Length).Where(g => steps[g] + 1 < removals[g].Count && Cost((g, steps[g] + 1)) < Cost())
                .MinBy(g =>
                    HullSlope(curves[g], removals[g], steps[g]) * (
                        removals[g][steps[g] + 1] - removals[g][steps[g]]) / (Cost() - Cost((g, steps[g] + 1))));
            steps[next]++;
        }
        while (Enumerable.Range(0, steps.Length).Where(g => steps[g] > 0 && Cost((g, steps[g] - 1)) <= limit).ToList() is { Count: > 0 } spare)
            steps[spare.MaxBy(g => curves[g].Distortion[removals[g][steps[g]]] - curves[g].Distortion[removals[g][steps[g] - 1]])]--;
        return Kept();
    }

    // The lower convex hull by its definition.
    private static double HullSlope(GroupCurve curve, List<int> removals, int step) => Enumerable.Range(0, step + 1).Max(i =>
        Enumerable.Range(step + 1, removals.Count - step - 1)
            .Min(j => (curve.Distortion[removals[j]] - curve.Distortion[removals[i]]) / (removals[j] - removals[i])));

    // The innermost groups count, as far as those outside are kept.
    private static double Nested(ModelAnalysis model, int[] kept)
    {
        var nesting = NestedGroups.Of(model.Groups);
        var inner = Enumerable.Range(0, kept.Length).Where(g => !nesting.Any(outer => outer.Contains(g)));
        return inner.Select(g => nesting[g].Aggregate((double)kept[g], (n, outer) => n * kept[outer] / model.Groups[outer].Size)).Sum();
    }

    private static double Measure(ModelAnalysis model, int[] kept, BudgetKind kind)
    {
        var counts = model.Groups.Zip(kept).ToDictionary(p => p.First.Variable, p => (long?)p.Second);
        var cost = model.Cost.Total(leaf => counts.GetValueOrDefault(leaf));
        return kind switch { BudgetKind.Macs => cost.Macs, BudgetKind.Params => cost.Parameters, BudgetKind.Bytes => cost.Bytes, _ => Nested(model, kept) };
    }
}
