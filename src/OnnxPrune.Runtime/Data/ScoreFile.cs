using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Runtime.Data;

/// <summary>
/// Scores that were computed elsewhere, in a .npz file. A key is a weight axis, as <c>conv1.weight[0]</c>, with one score per index of that
/// axis, or the id of a group with one score per channel. Scores of indices that belong to one channel are added up.
/// </summary>
internal static class ScoreFile
{
    /// <summary>The scores of groups; null for a group that no key names, which is to be left whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="aggregation">How the axes of one group are put together.</param>
    /// <exception cref="OnnxPruneException">OP1001 not readable; OP2002 it fits nothing, an array has another length, or a score is negative or no
    /// number.</exception>
    public static IReadOnlyList<double[]?> Load(
        string path, ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, Aggregation aggregation = Aggregation.Sum)
    {
        var arrays = NumpyArray.LoadAll(path);
        var scores = groups.Select(g => Score(path, analysis, g, arrays, aggregation)).ToList();
        return scores.Exists(s => s is not null) ? scores : throw SliceArrays.NothingFits(path, "the model", arrays.Keys, groups);
    }

    private static double[]? Score(
        string path, ModelAnalysis analysis, ChannelGroup group, IReadOnlyDictionary<string, NumpyArray> arrays, Aggregation aggregation)
    {
        var occurrences = new List<double[]>();
        foreach (var slice in group.Slices.DistinctBy(SliceArrays.KeyOf))
        {
            string key = SliceArrays.KeyOf(slice);
            if (arrays.TryGetValue(key, out var array) && !(key == group.Id && array.Samples == group.Size))
                occurrences.Add(Folded(path, analysis, group, slice, array));
        }
        if (arrays.TryGetValue(group.Id, out var own) && (own.Samples == group.Size || occurrences.Count == 0))
            occurrences.Add(Numbers(path, group.Id, own, group.Size));
        return occurrences.Count == 0 ? null : aggregation.Of(occurrences, group.Size);
    }

    private static double[] Folded(string path, ModelAnalysis analysis, ChannelGroup group, CoupledSlice slice, NumpyArray array)
    {
        var scores = new double[group.Size];
        double[] numbers = Numbers(path, SliceArrays.KeyOf(slice), array, SliceArrays.SizeOf(slice));
        VariableSums.Add(analysis.Layouts.Unifier.Arena, analysis.Layouts.Resolved(slice.Weight, slice.Axis), group.Variable, numbers, scores);
        return scores;
    }

    private static double[] Numbers(string path, string key, NumpyArray array, int length)
    {
        if (array.Dims.Length != 1 || array.Samples != length) throw SliceArrays.WrongShape(path, key, array, $"[{length}], one score per index");
        double[] numbers = [.. Enumerable.Range(0, length).Select(i => array.Values[i])];
        int bad = Array.FindIndex(numbers, n => !(n >= 0) || double.IsInfinity(n));
        return bad < 0
            ? numbers
            : throw new OnnxPruneException(
                ErrorCodes.InvalidData, $"score {bad} of '{key}' is {numbers[bad]}; scores are numbers of at least 0", path);
    }
}
