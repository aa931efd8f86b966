using System.Numerics.Tensors;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Importance;

/// <summary>
/// The importance of every channel of every group: the criterion aggregated over all coupled slices of the group (SPA, section 3.2),
/// then normalised within the group. Statistics that only rescale (BatchNorm mean and variance, divisors) do not count.
/// </summary>
public sealed class ImportanceScores
{
    private readonly ModelAnalysis analysis;
    private readonly Dictionary<(int Weight, int Axis), double[]> axisSums = [];

    private ImportanceScores(ModelAnalysis analysis) => this.analysis = analysis;

    /// <summary>One score per channel of <paramref name="groups"/>, at least 0.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups to score.</param>
    /// <param name="criterion">How weights become importance.</param>
    /// <param name="normalization">How groups become comparable.</param>
    /// <param name="seed">The seed of <see cref="Criterion.Random"/>.</param>
    public static IReadOnlyList<double[]> Compute(
        ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, Criterion criterion, Normalization normalization, int seed)
    {
        var scores = new ImportanceScores(analysis);
        return groups.Select(g => Normalize(scores.Score(g, criterion, seed), normalization)).ToList();
    }

    private double[] Score(ChannelGroup group, Criterion criterion, int seed)
    {
        if (criterion == Criterion.Random) return RandomScores(group, seed);
        var scores = new double[group.Size];
        foreach (var slice in group.Slices.Where(s => !analysis.Zeros.KeepsValues(s.Weight)))
        {
            var layout = analysis.Layouts.Resolved(slice.Weight, slice.Axis);
            VariableSums.Add(analysis.Layouts.Unifier.Arena, layout, group.Variable, SumsAlong(slice, criterion), scores);
        }
        return criterion == Criterion.L2 ? Array.ConvertAll(scores, Math.Sqrt) : scores;
    }

    private double[] SumsAlong(CoupledSlice slice, Criterion criterion)
    {
        if (axisSums.TryGetValue((slice.Weight.Id, slice.Axis), out var known)) return known;
        var tensor = slice.Weight.Initializer!;
        int inner = (int)tensor.Dims.Skip(slice.Axis + 1).Aggregate(1L, (n, d) => n * d);
        var term = criterion == Criterion.L2 ? AxisSums.Term.Square : AxisSums.Term.Magnitude;
        return axisSums[(slice.Weight.Id, slice.Axis)] = AxisSums.Compute(Numbers(slice.Weight), (int)tensor.Dims[slice.Axis], inner, term);
    }

    private ReadOnlySpan<float> Numbers(Value weight) =>
        analysis.Layouts.Quantized[weight] is { } quantized ? quantized.Dequantize(weight.Initializer!) : Tensors.Floats(weight.Initializer!);

    // A hash of seed, group and channel: independent of the order in which groups are scored.
    private static double[] RandomScores(ChannelGroup group, int seed)
    {
        ulong hash = SplitMix64.SeedOf(group.Id, seed);
        var scores = new double[group.Size];
        for (int i = 0; i < scores.Length; i++) scores[i] = SplitMix64.Uniform(hash, (ulong)i + 1);
        return scores;
    }

    private static double[] Normalize(double[] scores, Normalization normalization)
    {
        double scale = normalization switch
        {
            Normalization.Mean => scores.Average(),
            Normalization.Max => scores.Max(),
            Normalization.Sum => scores.Sum(),
            _ => 1,
        };
        if (scale > 0) TensorPrimitives.Divide(scores, scale, scores);
        return scores;
    }
}
