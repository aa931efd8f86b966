using System.Globalization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// Verifies a pruned model by execution: it must compute the same outputs as the original with the weights of the removed channels set to zero.
/// The comparison runs at two choices of the symbolic dimensions, on the model's own weights and on a twin with random weights. Some operators mix
/// channels, so that zeroing channels differs from removing them. In the masked model, these operators compute only over the kept channels. A third
/// comparison checks their coupling: the original with its channels in another order must compute the same outputs. If the result of a selection
/// depends on rounding, the inputs of the selection are compared instead (<see cref="Selections"/>).
/// </summary>
public static class Verifier
{
    // Above this cost of one run, VerificationEffort.Automatic is quick.
    private const double MostFullMacs = 4e10;

    // Below this power, in units of the tolerance, the check could miss an error.
    private const double LeastPower = 10;
    private const int MostTwins = 3;

    /// <summary>Verifies <paramref name="pruned"/> against the model that it was pruned from.</summary>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="cut">The original and its kept channels.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="effort">How thoroughly; not <see cref="VerificationEffort.None"/>.</param>
    /// <param name="progress">Called with the number of runs done and their total.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="OnnxPruneException">OP6001: a model does not load or run; OP6002: the provider is missing.</exception>
    public static VerificationReport Verify(
        OnnxModel pruned,
        Cut cut,
        ExecutionProvider provider,
        VerificationEffort effort = VerificationEffort.Automatic,
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        bool quick = effort == VerificationEffort.Quick || (effort == VerificationEffort.Automatic && cut.Analysis.Cost.Total(_ => null).Macs > MostFullMacs);
        var how = new Effort(provider, quick ? VerificationEffort.Quick : VerificationEffort.Full, new VerificationProgress(progress), cancellation);
        try
        {
            return AtUsualSizes(pruned, cut, how);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel && cut.Analysis.Shapes.Valuation.AllSymbols.Any())
        {
            if (RunnableSizes.Find(cut.Analysis, provider, cancellation) is not { } runnable) throw WithInventedSizes(cut.Analysis, e);
            return AtUsualSizes(pruned, cut.Of(runnable), how);
        }
    }

    private static OnnxPruneException WithInventedSizes(ModelAnalysis analysis, OnnxPruneException e)
    {
        var sizes = analysis.Shapes.Valuation.AllSymbols.Where(s => analysis.Dimensions.KnownOf(s) is null).ToList();
        if (sizes.Count == 0) return e;
        string examples = string.Join(" ", sizes.Select(s => $"--dim {s}=SIZE"));
        return new OnnxPruneException(
            e.Code, $"{e.Message} (the sizes of symbolic dimensions are invented; name sizes that the model runs at: {examples})", e.File, e);
    }

    private static VerificationReport AtUsualSizes(OnnxModel pruned, Cut cut, Effort how)
    {
        var analysis = cut.Analysis;
        var single = ComputesIn(analysis, SinglePrecision.Replaces) && !Runs(analysis, how.Provider);
        var tolerance = !single && ComputesIn(analysis, type => type is ElementType.Float16 or ElementType.Bfloat16) ? Tolerance.Half : Tolerance.Single;
        var report = Verify(pruned, cut, how, tolerance, single, null);
        if (report.Verdict == Verdict.Verified || report.Runs.Any(r => r.Weights == Comparison.SourceWeights && !(r.Error <= 1))) return report;
        if (Selections.Entries(analysis, pruned) is { } entries)
            return Verify(pruned, cut, how, tolerance, single, entries);
        if (report is { Verdict: Verdict.NotVerified, Runs.Count: > 0, NotExecuted: [] } && Saturations.Entries(cut, Rewriter.Mixers(cut).Count > 0) is { } entering)
            return Verify(pruned, cut, how, tolerance, single, entering) is { Verdict: not Verdict.NotVerified } decided ? decided : report;
        bool rounds = report.Verdict == Verdict.Failed && tolerance == Tolerance.Single && RoundsSums(analysis);
        return rounds ? Verify(pruned, cut, how, Tolerance.Quantized, single, null) : report;
    }

    private static VerificationReport Verify(
        OnnxModel pruned,
        Cut cut,
        Effort how,
        Tolerance tolerance,
        bool single,
        InnerValues? entries)
    {
        ExecutableParts? parts = null;
        var runs = new List<VerificationRun>();
        var mixers = Rewriter.Mixers(cut);
        VerificationReport Report(Verdict verdict, string? reason) =>
            new(
                verdict,
                reason,
                InWords(mixers, entries, parts),
                how.Provider.ToString(),
                single ? "float32" : "model",
                tolerance.Absolute,
                tolerance.Relative,
                tolerance.Floor,
                runs)
            { Effort = how.Kind, NotExecuted = [.. parts?.Nodes.Select(n => n.Label) ?? []] };
        try
        {
            parts = ExecutableParts.Of(cut, how.Provider);
            var compare = new Comparison(cut, how.Provider, tolerance, single, entries?.Names, parts, how.Kind, how.Progress, how.Cancellation);
            runs.AddRange(compare.Masked(pruned, null));
            // The branches that the data does not choose are compared on random weights only.
            bool needsTwin = how.Kind == VerificationEffort.Full || cut.Analysis.Branches.All.Count > 0 || !HasPower(runs, mixers.Count > 0);
            for (int twin = 0; twin < MostTwins && (twin == 0 ? needsTwin : !HasPower(runs, mixers.Count > 0)); twin++)
            {
                var random = RandomWeights.Create(cut.Analysis, Comparison.Seed + twin);
                runs.AddRange(compare.Masked(Rewriter.Prune(cut, random), random));
                runs.AddRange(compare.OtherBranches(random));
                if (mixers.Count > 0) runs.AddRange(compare.Reordered(random));
            }
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.NotVerified)
        {
            return Report(Verdict.NotVerified, e.Message);
        }
        var failed = runs.Find(r => !(r.Error <= 1));
        if (failed is not null) return Report(Verdict.Failed, Failure(failed));
        if (runs.TrueForAll(r => r.Weights is Comparison.SourceWeights or Comparison.ReorderedWeights))
            return Report(Verdict.NotVerified, "rounding changes the outputs no less than the cut does, so the check could not detect a wrong cut");
        return !cut.IsEmpty && !HasPower(runs, mixers.Count > 0)
            ? Report(Verdict.NotVerified, "zeroing the removed channels does not change any output, so the check could not detect a wrong cut")
            : Report(Verdict.Verified, null);
    }

    // Masking must have power. Reordering must have power too if operators mix channels. Runs that were skipped have no power.
    private static bool HasPower(List<VerificationRun> runs, bool mixes) =>
        runs.Exists(r => r.Weights is not (Comparison.SourceWeights or Comparison.ReorderedWeights) && r.Power >= LeastPower)
        && (!mixes || runs.Exists(r => r.Weights == Comparison.ReorderedWeights && r.Power >= LeastPower));

    private static string Failure(VerificationRun run) => run.Weights switch
    {
        Comparison.ReorderedWeights =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"output '{run.Output}' changes by {run.LargestDifference:g3} when channels are reordered: their coupling is wrong"),
        Comparison.SourceWeights =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"output '{run.Output}' changes by {run.LargestDifference:g3} when the model is normalized, before any cut"),
        _ =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"output '{run.Output}' differs from the masked original by {run.LargestDifference:g3} on {run.Weights} weights"),
    };

    private static string InWords(IReadOnlyList<Node> mixers, InnerValues? entries, ExecutableParts? parts)
    {
        string masked = "the original with the removed channels zeroed";
        if (parts is not null) masked += $", around nodes that were not executed ({parts}): random numbers stand for what they compute";
        if (entries is not null) masked += $", {entries.InWords}";
        if (mixers.Count == 0) return masked;
        string kinds = string.Join(
            ", ", mixers.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
        return $"{masked}, and operators that mix channels ({kinds}) over the kept ones only; the original with reordered channels";
    }

    // Checks whether the original runs. Needed only for models with types that the provider may not support.
    private static bool Runs(ModelAnalysis analysis, ExecutionProvider provider)
    {
        try
        {
            if (ExecutableParts.Of(Cut.Nothing(analysis), provider) is not null) return true;
            using var session = ModelSession.Load(Rewriter.Mask(Cut.Nothing(analysis)), provider);
            session.Run(InputGenerator.Create(analysis, 0, Comparison.Seed));
            return true;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return false;
        }
    }

    // The sums that a node computes are rounded to quantised numbers; inputs are the same for both models.
    private static bool RoundsSums(ModelAnalysis analysis) =>
        analysis.Graph.Nodes.Any(node => analysis.Operators.JumpOf(node) == Jump.Quantization && node.Inputs[0]?.Producer is not null);

    private static bool ComputesIn(ModelAnalysis analysis, Func<ElementType, bool> types) =>
        analysis.Graph.Values.Any(v => types(analysis.Shapes[v].Type));

    private sealed record Effort(ExecutionProvider Provider, VerificationEffort Kind, VerificationProgress Progress, CancellationToken Cancellation);
}
