using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Verification;

/// <summary>Runs models side by side on the same inputs, at two choices of the symbolic dimensions.</summary>
/// <param name="Cut">The original and the channels that stayed.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Tolerance">When two outputs count as equal.</param>
/// <param name="Single">True to run the twins of all models in float32.</param>
/// <param name="Entries">The values that are compared; null for the outputs.</param>
/// <param name="Parts">What of the model is executed; null for all of it.</param>
/// <param name="Effort">How many choices of the symbolic dimensions are compared.</param>
/// <param name="Progress">Counts the runs.</param>
/// <param name="Cancellation">Stops between runs.</param>
internal sealed record Comparison(
    Cut Cut,
    ExecutionProvider Provider,
    Tolerance Tolerance,
    bool Single,
    IReadOnlyList<string>? Entries,
    ExecutableParts? Parts,
    VerificationEffort Effort,
    VerificationProgress Progress,
    CancellationToken Cancellation)
{
    /// <summary>The seed of inputs, random weights and orders.</summary>
    public const int Seed = 7;

    /// <summary><see cref="VerificationRun.Weights"/> of <see cref="Reordered"/>.</summary>
    public const string ReorderedWeights = "reordered";

    /// <summary><see cref="VerificationRun.Weights"/> of the source file against the normalized model.</summary>
    public const string SourceWeights = "source";

    // Inputs are moved once, while every layer of a network rounds.
    private const double RoundingsPerNetwork = 16;

    private readonly Lazy<Dictionary<string, Value>> valuesByName = new(() =>
        Cut.Analysis.Graph.Values.Where(v => v.Initializer is null).ToDictionary(v => v.Name, StringComparer.Ordinal));

    // What the normalized model computes on the first inputs with its own weights.
    private IReadOnlyList<HostTensor>? normalizedOutputs;

    private ModelAnalysis Analysis => Cut.Analysis;

    private Cut Everything => Cut.Nothing(Analysis);

    // Two runs where a dimension is symbolic, else one. Sizes that the user names are those of the second run.
    private int[] Runs =>
        Parts?.Varies != true && !Analysis.Graph.Inputs.Any(i => Analysis.Shapes[i].Shape?.Any(s => !s.IsConcrete) == true) ? [0]
        : Effort == VerificationEffort.Full ? [0, 1]
        : Analysis.Dimensions.Nominal.Count > 0 ? [1]
        : [0];

    /// <summary>
    /// The pruned model against the masked one; on the model's own weights also the normalized model, of which the masked one is a variant,
    /// against the source file. Power is what masking itself does to the original.
    /// </summary>
    public IEnumerable<VerificationRun> Masked(OnnxModel pruned, Func<TensorProto, TensorProto>? weights)
    {
        var normalized = Rewriter.Mask(Everything, weights);
        var runs = Compare(weights is null ? "original" : "random", Rewriter.Mask(Cut, weights), pruned, normalized, Runs);
        return weights is null && !Single && Entries is null ? Compare(SourceWeights, Analysis.Source, normalized, null, [Runs[0]]).Concat(runs) : runs;
    }

    /// <summary>The pruned model against the masked one with the branches that the data does not choose, on random weights.</summary>
    public IEnumerable<VerificationRun> OtherBranches(Func<TensorProto, TensorProto> weights)
    {
        foreach (var negation in Analysis.Branches.Negations())
        {
            OnnxModel Negated(OnnxModel model) => model with { Proto = OpenBranches.Negated(model.Proto, negation) };
            var (masked, pruned, whole) = (Rewriter.Mask(Cut, weights), Rewriter.Prune(Cut, weights), Rewriter.Mask(Everything, weights));
            foreach (var run in Compare("random", Negated(masked), Negated(pruned), Negated(whole), Runs)) yield return run;
        }
    }

    /// <summary>
    /// The original against itself with its channels in another order. Power is what it does to reorder every other weight only, as if
    /// axes had been left out of their groups.
    /// </summary>
    public IEnumerable<VerificationRun> Reordered(Func<TensorProto, TensorProto> weights)
    {
        var orders = Cut.Groups.ToDictionary(g => g.Variable, g => Shuffled(g.Size, g.Variable.Id));
        return Compare(
            ReorderedWeights,
            Rewriter.Mask(Everything, weights),
            Rewriter.Reorder(Analysis, orders, weights),
            Rewriter.Reorder(Analysis, orders, weights, everyOther: true),
            Runs);
    }

    // Choices of the symbolic dimensions whose outputs are a matter of the last bit are left out.
    private IEnumerable<VerificationRun> Compare(string weights, OnnxModel reference, OnnxModel changed, OnnxModel? other, int[] choices)
    {
        int known = weights == "original" && normalizedOutputs is not null ? 1 : 0;
        Progress.Expect((choices.Length * (other is null ? 2 : 3)) - known);
        using var otherSession = other is null || known == choices.Length ? null : Load(other);
        using var referenceSession = Load(reference);
        using var changedSession = Load(changed);
        foreach (int run in choices)
        {
            Cancellation.ThrowIfCancellationRequested();
            var given = Parts?.Inputs(run, Seed) ?? InputGenerator.Create(Analysis, run, Seed);
            var shapes = given.ToDictionary(i => i.Key, i => i.Value.Dims);
            var inputs = Converted(given.Concat(Parts?.Full(run, Seed) ?? []));
            var expected = Narrowed(referenceSession, Counted(referenceSession.Run(inputs)), run);
            var computed = Counted(ChangedRun(changedSession, given, inputs, weights, run));
            if (weights == SourceWeights) normalizedOutputs = computed;
            var actual = Aligned(changedSession, computed, referenceSession.Outputs);
            var errors = expected.Select((e, i) => Tolerance.ErrorOf(actual[i], e)).ToList();
            var original = other is null ? expected
                : known == 1 && run == choices[0] ? normalizedOutputs!
                : Counted(Unmasked(otherSession!, given, inputs, run));
            double power = original.Select((o, i) => Tolerance.ErrorOf(o, expected[i])).Max();
            if (!(errors.Max() <= 1) && SaysNothing(referenceSession, inputs, expected, original, errors.Max(), weights, run)) continue;
            int worst = errors.IndexOf(errors.Max());
            double difference = expected.Select((e, i) => Tolerance.LargestDifference(actual[i], e)).Max();
            yield return new VerificationRun(weights, shapes, referenceSession.Outputs[worst], difference, errors[worst], power);
        }
    }

    private IReadOnlyList<HostTensor> Counted(IReadOnlyList<HostTensor> outputs)
    {
        Progress.Ran();
        return outputs;
    }

    // The pruned model is given less of what nodes compute that are not executed; other variants of the original as much as the original.
    private IReadOnlyList<HostTensor> ChangedRun(
        ModelSession session,
        IReadOnlyDictionary<string, HostTensor> given,
        IReadOnlyDictionary<string, HostTensor> inputs,
        string weights,
        int run)
    {
        if (Parts is null) return session.Run(inputs);
        if (weights == SourceWeights) return Narrowed(session, session.Run(inputs), run);
        return session.Run(Converted(given.Concat(Parts.Kept(run, Seed))));
    }

    private IReadOnlyList<HostTensor> Unmasked(
        ModelSession session, IReadOnlyDictionary<string, HostTensor> given, IReadOnlyDictionary<string, HostTensor> inputs, int run) =>
        Narrowed(session, session.Run(Parts is null ? inputs : Converted(given.Concat(Parts.Whole(run, Seed)))), run);

    private IReadOnlyDictionary<string, HostTensor> Converted(IEnumerable<KeyValuePair<string, HostTensor>> inputs)
    {
        var all = inputs.ToDictionary();
        return Single ? SinglePrecision.Of(all) : all;
    }

    private IReadOnlyList<HostTensor> Narrowed(ModelSession session, IReadOnlyList<HostTensor> outputs, int run) =>
        Entries is not null ? [.. outputs.Select((tensor, i) => CutTensors.Narrow(
            Cut, valuesByName.Value[session.Outputs[i]], tensor, Parts is null ? Analysis.Shapes.Valuation.RunValuation(run) : run))]
        : Parts is not null ? [.. outputs.Select((tensor, i) => Parts.Narrow(session.Outputs[i], tensor, run))]
        : outputs;

    private ModelSession Load(OnnxModel model)
    {
        if (Parts is not null) model = Parts.Open(model);
        var compared = Entries is null ? model : Giving(model, Entries);
        return ModelSession.Load(Single ? SinglePrecision.Of(compared) : compared, Provider, exactIntegers: true);
    }

    private static OnnxModel Giving(OnnxModel model, IReadOnlyList<string> values)
    {
        var proto = model.Proto.Clone();
        proto.Graph.Output.Clear();
        proto.Graph.Output.AddRange(values.Select(v => new ValueInfoProto { Name = v }));
        return model with { Proto = proto };
    }

    // An error no larger than what rounding does to the reference: where scores tie, the boxes that a detector selects are a matter of the last bit.
    private bool SaysNothing(
        ModelSession reference,
        IReadOnlyDictionary<string, HostTensor> inputs,
        IReadOnlyList<HostTensor> expected,
        IReadOnlyList<HostTensor> original,
        double error,
        string weights,
        int run)
    {
        if (original.Any(HoldsNaN))
            throw new OnnxPruneException(
                ErrorCodes.NotVerified,
                $"the original model{(weights == "random" ? " with random weights" : "")} computes outputs that are not numbers, before any cut");
        var rounded = Narrowed(reference, reference.Run(InputGenerator.Rounded(inputs, Seed)), run);
        return error <= RoundingsPerNetwork * rounded.Select((r, i) => Tolerance.ErrorOf(r, expected[i])).Max();
    }

    private static bool HoldsNaN(HostTensor tensor) => tensor.IsFloat && Array.Exists(tensor.ToDoubles(), double.IsNaN);

    private static IReadOnlyList<HostTensor> Aligned(ModelSession session, IReadOnlyList<HostTensor> outputs, IReadOnlyList<string> names) =>
        names
            .Select(name =>
                session.Outputs.ToList().IndexOf(name) is >= 0 and var i
                    ? outputs[i]
                    : throw new OnnxPruneException(ErrorCodes.VerificationFailed, $"the pruned model has no output '{name}'"))
            .ToList();

    private static int[] Shuffled(int size, int seed)
    {
        int[] order = [.. Enumerable.Range(0, size)];
        new Random(seed).Shuffle(order);
        return order;
    }
}
