using OnnxPrune.Diagnostics;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>All criteria, by name.</summary>
public static class CriterionTable
{
    /// <summary>The criteria, sorted by name.</summary>
    public static IReadOnlyList<Criterion> All { get; } =
    [
        new ActivationNorm(),
        new ActiveShare(),
        new BatchNormalizationScale(),
        new RelativeCondition(),
        new CurveCriterion("distortion", "the squared error of the network's outputs, measured with channels left out"),
        new Fluctuation(),
        new GeometricMedianDistance(),
        new SumOfMagnitudes(),
        new EuclideanNorm(),
        new LayerAdaptiveMagnitude(),
        new LargestMagnitude(),
        new MaximumAbsoluteWeight(),
        new CurveCriterion("obs", "Hassibi and Stork 1993, Optimal Brain Surgeon; over channels as in OBSPA, Wang et al. 2023"),
        new Projection(),
        new RandomScore(),
        new WeightTimesActivation(),
    ];

    /// <summary>The names of all criteria, in the format of the option list.</summary>
    public static string Names => string.Join('|', All.Select(c => c.Name).Append(FileCriterion.Prefix + "scores.npz"));

    /// <summary>The criterion with a name, or the criterion that reads a file of scores.</summary>
    /// <exception cref="OnnxPruneException">OP2001: no criterion has this name.</exception>
    public static Criterion Named(string name)
    {
        if (name.StartsWith(FileCriterion.Prefix, StringComparison.Ordinal) && name.Length > FileCriterion.Prefix.Length)
            return new FileCriterion(name[FileCriterion.Prefix.Length..]);
        return All.FirstOrDefault(c => c.Name == name)
            ?? throw new OnnxPruneException(
                ErrorCodes.InvalidOption,
                $"'{name}' is not one of {string.Join(", ", All.Select(c => c.Name).Append(FileCriterion.Prefix + "scores.npz"))}");
    }
}
