using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Documents;

/// <summary>The programs of docs/library.md: what stands between two marks there stands between the same marks here.</summary>
internal static class LibraryExamples
{
    public static VerificationReport Prune(string input, string output)
    {
        // <prune>
        var analysis = ModelAnalysis.Run(ModelFile.Load(input));
        var plan = Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse("macs=50%") });

        var kept = plan.Cut;
        var pruned = Rewriter.Prune(kept);

        var report = Verifier.Verify(pruned, kept, ExecutionProvider.Cpu);
        if (report.Verdict != Verdict.Verified) throw new InvalidOperationException(report.Reason);

        ModelFile.Save(pruned, output);
        PlanFile.Save(plan.ToPlan(), Path.ChangeExtension(output, ".plan.json"));
        // </prune>
        return report;
    }

    public static RecoveryResult Recover(string input, string samples, string output, CancellationToken cancellation)
    {
        // <recover>
        var analysis = ModelAnalysis.Run(ModelFile.Load(input));
        var data = CalibrationSet.Load(samples, analysis, samples: 256, seed: 0);
        var domain = CalibrationDomain.Of(analysis, data, ExecutionProvider.Cpu, cancellation);

        var options = new PruneOptions
        {
            Budget = Budget.Parse("macs=50%"),
            Criterion = CriterionTable.Named("obs"),
            Normalization = Importance.Normalization.None,
        };
        var importance = new CalibratedImportance(analysis, domain, options, ExecutionProvider.Cpu);
        var plan = Planner.Plan(analysis, options, groups => importance.Curves(groups, cancellation: cancellation));

        var kept = plan.Cut;
        var recovered = AccuracyRecovery.Run(
            domain, Rewriter.Prune(kept), kept, RecoveryMethods.Obs, new ReconstructionOptions(), ExecutionProvider.Cpu, cancellation: cancellation);
        ModelFile.Save(recovered.Model, output);
        // </recover>
        return recovered;
    }

    public static IReadOnlyList<string> Inspect(string input)
    {
        var lines = new List<string>();
        // <inspect>
        var analysis = ModelAnalysis.Run(ModelFile.Load(input));
        foreach (var group in analysis.Groups.OrderByDescending(g => g.Slices.Count))
            lines.Add($"{group.Id}: {group.Size} {group.Kind}, on {group.Slices.Count} weight axes, {(group.IsExact ? "exact" : "approximate")}");
        foreach (Diagnostic warning in analysis.Warnings) lines.Add(warning.ToString());
        // </inspect>
        return lines;
    }

    public static PruningDecision OwnScores(string input, Func<ChannelGroup, double[]> score)
    {
        // <scores>
        var analysis = ModelAnalysis.Run(ModelFile.Load(input));
        var options = new PruneOptions { Budget = Budget.Parse("params=60%") };
        var plan = Planner.Plan(analysis, options, groups => [.. groups.Select(group => GroupCurve.Of(group, score(group)))]);
        // </scores>
        return plan;
    }

    public static string Fails(string input)
    {
        // <errors>
        try
        {
            ModelAnalysis.Run(ModelFile.Load(input));
            return "fine";
        }
        catch (OnnxPruneException e)
        {
            return $"{e.Code}: {e.Message}";
        }
        // </errors>
    }
}
