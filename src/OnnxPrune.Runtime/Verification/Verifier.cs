using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Proves a pruned model by execution: it must compute what the original computes with the removed channels' weights zeroed. The
/// comparison runs at two choices of the symbolic dimensions, on the model's own weights and on a re-randomised twin.
/// </summary>
public static class Verifier
{
    // Below this, in units of the tolerance, an error could hide: the check says nothing.
    private const double LeastPower = 10;
    private const int MostTwins = 3;
    internal const int Seed = 7;

    /// <summary>Verifies <paramref name="pruned"/> against the model that it was pruned from.</summary>
    /// <param name="analysis">The original.</param>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="kept">The mask of each variable that lost channels.</param>
    /// <param name="provider">Where to run.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="OnnxPruneException">OP6001 a model does not load or run; OP6002 the provider is missing.</exception>
    public static VerificationReport Verify(
        ModelAnalysis analysis, OnnxModel pruned, IReadOnlyDictionary<Term, bool[]> kept, ExecutionProvider provider, CancellationToken cancellation = default)
    {
        var single = ComputesIn(analysis, SinglePrecision.Replaces) && !Runs(analysis, provider);
        var tolerance = !single && ComputesIn(analysis, type => type is DataType.Float16 or DataType.Bfloat16) ? Tolerance.Half : Tolerance.Single;
        var report = Verify(analysis, pruned, kept, provider, tolerance, single, cancellation);
        bool rounds = report.Verdict == Verdict.Failed && tolerance == Tolerance.Single && RoundsSums(analysis);
        return rounds ? Verify(analysis, pruned, kept, provider, Tolerance.Quantized, single, cancellation) : report;
    }

    private static VerificationReport Verify(
        ModelAnalysis analysis,
        OnnxModel pruned,
        IReadOnlyDictionary<Term, bool[]> kept,
        ExecutionProvider provider,
        Tolerance tolerance,
        bool single,
        CancellationToken cancellation)
    {
        var runs = new List<VerificationRun>();
        VerificationReport Report(Verdict verdict, string? reason) =>
            new(verdict, reason, provider.ToString(), single ? "float32" : "model", tolerance.Absolute, tolerance.Relative, tolerance.Floor, runs);
        try
        {
            var comparison = new Comparison(analysis, kept, provider, tolerance, single);
            runs.AddRange(comparison.Run(pruned, null, cancellation));
            for (int twin = 0; twin < MostTwins && (twin == 0 || !HasPower(runs)); twin++)
            {
                var random = RandomWeights.Create(analysis, Seed + twin);
                runs.AddRange(comparison.Run(Rewriter.Prune(analysis, kept, random), random, cancellation));
            }
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.NotVerified)
        {
            return Report(Verdict.NotVerified, e.Message);
        }
        var failed = runs.Find(r => !(r.Error <= 1));
        if (failed is not null) return Report(Verdict.Failed, $"output '{failed.Output}' differs from the masked original by {failed.LargestDifference:g3} on {failed.Weights} weights");
        if (runs.Count == 0) return Report(Verdict.NotVerified, "rounding alone changes its outputs as much as the cut does, so that a wrong cut could not be seen");
        return kept.Count > 0 && !HasPower(runs) ? Report(Verdict.NotVerified, "removing these channels changes no output, so that a wrong cut could not be seen") : Report(Verdict.Verified, null);
    }

    private static bool HasPower(List<VerificationRun> runs) => runs.Exists(r => r.Power >= LeastPower);

    // Asked only of models whose types the provider may not know: whether the original itself runs.
    private static bool Runs(ModelAnalysis analysis, ExecutionProvider provider)
    {
        try
        {
            using var session = ModelSession.Load(Rewriter.Mask(analysis, new Dictionary<Term, bool[]>()), provider);
            session.Run(InputGenerator.Create(analysis, 0, Seed));
            return true;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return false;
        }
    }

    // What a node has computed is rounded to quantised numbers; inputs are the same for both models.
    private static bool RoundsSums(ModelAnalysis analysis) =>
        analysis.Graph.Nodes.Any(node => node.OpType is "QuantizeLinear" or "DynamicQuantizeLinear" && node.Inputs[0]?.Producer is not null);

    private static bool ComputesIn(ModelAnalysis analysis, Func<DataType, bool> types) =>
        analysis.Graph.Values.Any(v => types(analysis.Shapes[v].Type));
}
