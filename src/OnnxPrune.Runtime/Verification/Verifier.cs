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
    private const int Seed = 7;
    private const int MostTwins = 3;

    // Inputs are moved once, while every layer of a network rounds.
    private const double RoundingsPerNetwork = 16;

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
        var tolerance = ComputesInHalf(analysis) ? Tolerance.Half : Tolerance.Single;
        var runs = new List<VerificationRun>();
        VerificationReport Report(Verdict verdict, string? reason) => new(verdict, reason, provider.ToString(), tolerance.Absolute, tolerance.Relative, tolerance.Floor, runs);
        try
        {
            runs.AddRange(Compare(analysis, pruned, kept, null, provider, tolerance, cancellation));
            for (int twin = 0; twin < MostTwins && (twin == 0 || !HasPower(runs)); twin++)
            {
                var random = RandomWeights.Create(analysis, Seed + twin);
                runs.AddRange(Compare(analysis, Rewriter.Prune(analysis, kept, random), kept, random, provider, tolerance, cancellation));
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

    // A run whose error is no larger than what rounding does to the masked model says nothing, and is left out: where scores tie, the
    // boxes that a detector selects are a matter of the last bit.
    private static IEnumerable<VerificationRun> Compare(
        ModelAnalysis analysis,
        OnnxModel pruned,
        IReadOnlyDictionary<Term, bool[]> kept,
        Func<Onnx.TensorProto, Onnx.TensorProto>? weights,
        ExecutionProvider provider,
        Tolerance tolerance,
        CancellationToken cancellation)
    {
        var none = new Dictionary<Term, bool[]>();
        using var originalSession = ModelSession.Load(Rewriter.Mask(analysis, none, weights), provider);
        using var maskedSession = ModelSession.Load(Rewriter.Mask(analysis, kept, weights), provider);
        using var prunedSession = ModelSession.Load(pruned, provider);
        foreach (int run in Runs(analysis))
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = InputGenerator.Create(analysis, run, Seed);
            var shapes = inputs.ToDictionary(i => i.Key, i => i.Value.Dims);
            var expected = maskedSession.Run(inputs);
            var actual = Aligned(prunedSession, prunedSession.Run(inputs), maskedSession.Outputs);
            var errors = expected.Select((e, i) => tolerance.ErrorOf(actual[i], e)).ToList();
            var original = originalSession.Run(inputs);
            double power = original.Select((o, i) => tolerance.ErrorOf(o, expected[i])).Max();
            if (!(errors.Max() <= 1))
            {
                if (original.Any(HoldsNaN)) throw new OnnxPruneException(ErrorCodes.NotVerified, "the model itself, before any cut, computes outputs that are not numbers");
                var rounded = maskedSession.Run(InputGenerator.Rounded(inputs, Seed));
                if (errors.Max() <= RoundingsPerNetwork * rounded.Select((r, i) => tolerance.ErrorOf(r, expected[i])).Max()) continue;
            }
            int worst = errors.IndexOf(errors.Max());
            double difference = expected.Select((e, i) => Tolerance.LargestDifference(actual[i], e)).Max();
            yield return new VerificationRun(weights is null ? "original" : "random", shapes, maskedSession.Outputs[worst], difference, errors[worst], power);
        }
    }

    private static bool HoldsNaN(HostTensor tensor) => tensor.IsFloat && Array.Exists(tensor.ToDoubles(), double.IsNaN);

    private static IReadOnlyList<HostTensor> Aligned(ModelSession session, IReadOnlyList<HostTensor> outputs, IReadOnlyList<string> names) =>
        names.Select(name => session.Outputs.ToList().IndexOf(name) is >= 0 and var i ? outputs[i] : throw new OnnxPruneException(ErrorCodes.VerificationFailed, $"the pruned model has no output '{name}'")).ToList();

    // Two runs where a dimension is symbolic, else one.
    private static int[] Runs(ModelAnalysis analysis) =>
        analysis.Graph.Inputs.Any(i => analysis.Shapes[i].Shape?.Any(s => !s.IsConcrete) == true) ? [0, 1] : [0];

    private static bool ComputesInHalf(ModelAnalysis analysis) =>
        analysis.Graph.Values.Any(v => analysis.Shapes[v].Type is DataType.Float16 or DataType.Bfloat16);
}
