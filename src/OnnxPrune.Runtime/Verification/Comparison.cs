using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Verification;

/// <summary>Runs a pruned model and the masked original on the same inputs.</summary>
/// <param name="analysis">The original.</param>
/// <param name="kept">The mask of each variable that lost channels.</param>
/// <param name="provider">Where to run.</param>
/// <param name="tolerance">When two outputs count as equal.</param>
/// <param name="single">True to run the twins of all models in float32.</param>
internal sealed class Comparison(ModelAnalysis analysis, IReadOnlyDictionary<Term, bool[]> kept, ExecutionProvider provider, Tolerance tolerance, bool single)
{
    // Inputs are moved once, while every layer of a network rounds.
    private const double RoundingsPerNetwork = 16;

    /// <summary>
    /// One comparison for each choice of the symbolic dimensions. One whose error is no larger than what rounding does to the masked model
    /// says nothing, and is left out: where scores tie, the boxes that a detector selects are a matter of the last bit.
    /// </summary>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="weights">The random twin's weights, or null for the model's own.</param>
    /// <param name="cancellation">Stops between runs.</param>
    public IEnumerable<VerificationRun> Run(OnnxModel pruned, Func<Onnx.TensorProto, Onnx.TensorProto>? weights, CancellationToken cancellation)
    {
        var none = new Dictionary<Term, bool[]>();
        using var originalSession = Load(Rewriter.Mask(analysis, none, weights));
        using var maskedSession = Load(Rewriter.Mask(analysis, kept, weights));
        using var prunedSession = Load(pruned);
        foreach (int run in Choices())
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = InputGenerator.Create(analysis, run, Verifier.Seed);
            if (single) inputs = SinglePrecision.Of(inputs);
            var shapes = inputs.ToDictionary(i => i.Key, i => i.Value.Dims);
            var expected = maskedSession.Run(inputs);
            var actual = Aligned(prunedSession, prunedSession.Run(inputs), maskedSession.Outputs);
            var errors = expected.Select((e, i) => tolerance.ErrorOf(actual[i], e)).ToList();
            var original = originalSession.Run(inputs);
            double power = original.Select((o, i) => tolerance.ErrorOf(o, expected[i])).Max();
            if (!(errors.Max() <= 1))
            {
                if (original.Any(HoldsNaN)) throw new OnnxPruneException(ErrorCodes.NotVerified, "the model itself, before any cut, computes outputs that are not numbers");
                var rounded = maskedSession.Run(InputGenerator.Rounded(inputs, Verifier.Seed));
                if (errors.Max() <= RoundingsPerNetwork * rounded.Select((r, i) => tolerance.ErrorOf(r, expected[i])).Max()) continue;
            }
            int worst = errors.IndexOf(errors.Max());
            double difference = expected.Select((e, i) => Tolerance.LargestDifference(actual[i], e)).Max();
            yield return new VerificationRun(weights is null ? "original" : "random", shapes, maskedSession.Outputs[worst], difference, errors[worst], power);
        }
    }

    private static bool HoldsNaN(HostTensor tensor) => tensor.IsFloat && Array.Exists(tensor.ToDoubles(), double.IsNaN);

    private ModelSession Load(OnnxModel model) => ModelSession.Load(single ? SinglePrecision.Of(model) : model, provider, exactIntegers: true);

    private static IReadOnlyList<HostTensor> Aligned(ModelSession session, IReadOnlyList<HostTensor> outputs, IReadOnlyList<string> names) =>
        names.Select(name => session.Outputs.ToList().IndexOf(name) is >= 0 and var i ? outputs[i] : throw new OnnxPruneException(ErrorCodes.VerificationFailed, $"the pruned model has no output '{name}'")).ToList();

    // Two where a dimension is symbolic, else one.
    private int[] Choices() =>
        analysis.Graph.Inputs.Any(i => analysis.Shapes[i].Shape?.Any(s => !s.IsConcrete) == true) ? [0, 1] : [0];
}
