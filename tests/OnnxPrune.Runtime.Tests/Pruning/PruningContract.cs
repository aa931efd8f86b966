using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>What must hold for every model and every budget, checked on files, as a user would have them.</summary>
internal sealed class PruningContract : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string original;

    public PruningContract(string original) => this.original = original;

    /// <summary>Prunes to each budget, from large to small, and checks everything that must hold.</summary>
    public void HoldsAt(params string[] budgets)
    {
        long size = new FileInfo(original).Length;
        long bytes = long.MaxValue;
        foreach (string budget in budgets)
        {
            var analysis = Analyse(original);
            var plan = Plan(analysis, budget);
            string path = Saved(plan, $"{budget}.onnx");
            MeetsTheBudgetByLessThanOneStep(analysis, plan, budget);
            ComputesWhatTheMaskedModelComputes(analysis, plan, path);
            CostsWhatThePlanSays(plan, path);
            TheSameInputsGiveTheSameBytes(plan, budget, path);
            Assert.True(plan.Totals.After.Bytes < bytes, "parameters fall with the budget");
            bytes = plan.Totals.After.Bytes;
            long smaller = new FileInfo(path).Length;
            Assert.True(smaller < size, "the file gets smaller with the budget");
            Assert.InRange(
                new FileInfo(original).Length - smaller, 0.9 * (plan.Totals.Before.Bytes - bytes), 1.1 * (plan.Totals.Before.Bytes - bytes));
            size = smaller;
        }
    }

    public void Dispose() => folder.Dispose();

    private static ModelAnalysis Analyse(string path) => ModelAnalysis.Run(ModelFile.Load(path));

    private static PruningDecision Plan(ModelAnalysis analysis, string budget) =>
        Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse($"macs={budget}") });

    private string Saved(PruningDecision plan, string name)
    {
        ModelFile.Save(Rewriter.Prune(plan.Cut), folder.File(name));
        return folder.File(name);
    }

    private static void MeetsTheBudgetByLessThanOneStep(ModelAnalysis analysis, PruningDecision plan, string budget)
    {
        double limit = analysis.Cost.Total(_ => null).Macs * Budget.Parse($"macs={budget}").Fraction;
        Assert.True(plan.Totals.After.Macs <= limit, $"{plan.Totals.After.Macs} of at most {limit} MACs");
        var kept = analysis.Groups.Zip(plan.Groups).ToDictionary(p => p.First.Variable, p => (long?)p.Second.KeptCount);
        double WithOneMore(Term group) => analysis.Cost.Total(leaf => kept.GetValueOrDefault(leaf) + (leaf == group ? 1 : 0)).Macs;
        var shrunk = analysis.Groups.Zip(plan.Groups).Where(p => p.Second.KeptCount < p.Second.Size).Select(p => p.First.Variable);
        Assert.Contains(shrunk, group => WithOneMore(group) > limit);
    }

    private static void ComputesWhatTheMaskedModelComputes(ModelAnalysis analysis, PruningDecision plan, string path)
    {
        var report = Verifier.Verify(ModelFile.Load(path), plan.Cut, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}");
        foreach (var input in analysis.Graph.Inputs)
        {
            var shape = analysis.Shapes[input].Shape!;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                int sizes = report.Runs.Select(r => r.Inputs[input.Name][axis]).Distinct().Count();
                Assert.Equal(shape[axis].IsConcrete ? 1 : 2, sizes);
            }
        }
    }

    private static void CostsWhatThePlanSays(PruningDecision plan, string path)
    {
        var cost = Analyse(path).Cost.Total(_ => null);
        Assert.Equal(plan.Totals.After.Macs, (long)cost.Macs);
        Assert.Equal(plan.Totals.After.Parameters, (long)cost.Parameters);
        Assert.Equal(plan.Totals.After.Bytes, (long)cost.Bytes);
    }

    private void TheSameInputsGiveTheSameBytes(PruningDecision plan, string budget, string path)
    {
        var analysis = Analyse(original);
        byte[] expected = File.ReadAllBytes(path);
        Assert.Equal(expected, File.ReadAllBytes(Saved(Plan(analysis, budget), "again.onnx")));
        PlanFile.Save(plan.ToPlan(), folder.File("plan.json"));
        Assert.Equal(expected, File.ReadAllBytes(Saved(PruningDecision.Of(Analyse(original), PlanFile.Load(folder.File("plan.json"))), "applied.onnx")));
    }
}
