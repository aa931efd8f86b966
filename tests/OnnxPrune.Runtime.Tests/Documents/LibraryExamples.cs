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
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Documents;

/// <summary>The programs of docs/library.md: what stands between two marks there stands between the same marks here.</summary>
internal static class LibraryExamples
{
    public static async Task<PruningResult> Recover(
        string input, string samples, string output, IProgress<PruningProgress> progress, CancellationToken cancellation)
    {
        // <recover>
        var options = new PruningOptions { Budget = "macs=50%", Calibration = samples, Samples = 256 };
        var result = await PruningRun.RunAsync(input, options, progress, cancellation);
        await result.SaveAsync(output, cancellation);
        // </recover>
        return result;
    }

    public static VerificationReport Prune(string input, string output)
    {
        // <prune>
        var analysis = ModelAnalysis.Run(ModelFile.Load(input));
        var decision = Planner.Plan(analysis, new PruneOptions { Budget = "macs=50%" });
        var pruned = Rewriter.Prune(decision.Cut);

        var report = Verifier.Verify(pruned, decision.Cut, ExecutionProvider.Cpu);
        if (report.Verdict != Verdict.Verified) throw new InvalidOperationException(report.Reason);

        ModelFile.Save(pruned, output);
        PlanFile.Save(decision.ToPlan(), Path.ChangeExtension(output, ".plan.json"));
        // </prune>
        return report;
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
        var options = new PruneOptions { Budget = "params=60%" };
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
