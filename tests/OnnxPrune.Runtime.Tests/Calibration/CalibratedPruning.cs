using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>A model that was pruned with synthetic calibration: curves by elimination, a budget of parameters, recovery.</summary>
internal sealed record CalibratedPruning(PruningDecision Plan, RecoveryResult Recovery, IReadOnlyList<string> Notes)
{
    /// <summary>Prunes a model in ONNX text.</summary>
    public static CalibratedPruning Of(string text, int samples = 32) => Of(new OnnxModel(OnnxText.Parse(text)), "channels=60%", samples);

    /// <summary>Prunes a model.</summary>
    public static CalibratedPruning Of(OnnxModel model, string budget, int samples)
    {
        var analysis = ModelAnalysis.Run(model);
        var options = new PruneOptions { Budget = Budget.Parse(budget), Criterion = CriterionTable.Named("obs"), Normalization = ScoreNormalization.None };
        var domain = CalibrationDomain.Of(analysis, CalibrationSet.Synthetic(analysis, samples, 0), ExecutionProvider.Cpu);
        var importance = new CalibratedImportance(analysis, domain, options, ExecutionProvider.Cpu);
        var plan = Planner.Plan(analysis, options, groups => importance.Curves(groups));
        var kept = plan.Cut;
        var recovery = AccuracyRecovery.Run(domain, Rewriter.Prune(kept), kept, null, new ReconstructionOptions(), ExecutionProvider.Cpu);
        return new CalibratedPruning(plan, recovery, [.. importance.Notes, .. recovery.Notes]);
    }

    /// <summary>Asserts that channels left, that curves are numbers, and that the result runs and is no worse than without recovery.</summary>
    public CalibratedPruning AssertSound()
    {
        Assert.Contains(Plan.Groups, g => g.KeptCount < g.Size);
        Assert.All(Plan.Groups.Where(g => g.Importance is not null), g => Assert.True(double.IsFinite(g.Importance!.Max)));
        Assert.InRange(Recovery.ErrorAfter, 0, Recovery.ErrorBefore);
        return this;
    }
}
