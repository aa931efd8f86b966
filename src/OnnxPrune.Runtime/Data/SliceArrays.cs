using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Data;

/// <summary>The arrays of a .npz file whose keys are weight axes, as <c>conv1.weight[0]</c>.</summary>
internal static class SliceArrays
{
    private const int MostKeys = 5;

    /// <summary>The key of a weight axis.</summary>
    public static string KeyOf(CoupledSlice slice) => $"{slice.Weight.Name}[{slice.Axis}]";

    /// <summary>The size of a slice's axis.</summary>
    public static int SizeOf(CoupledSlice slice) => (int)slice.Weight.Initializer!.Dims[slice.Axis];

    /// <summary>The file fits nothing in the model: names what it has, and what would fit.</summary>
    public static OnnxPruneException NothingFits(string path, string what, IEnumerable<string> keys, IReadOnlyList<ChannelGroup> groups) => new(
        ErrorCodes.InvalidData,
        $"no array matches {what}: the keys are {Some(keys)}; matching keys would be "
            + Some(groups.SelectMany(g => g.Slices).Select(KeyOf).Distinct()),
        path);

    /// <summary>An array has the wrong shape.</summary>
    public static OnnxPruneException WrongShape(string path, string key, NumpyArray array, string wanted) =>
        new(ErrorCodes.InvalidData, $"the array '{key}' has shape [{string.Join(',', array.Dims)}]; it must be {wanted}", path);

    private static string Some(IEnumerable<string> keys)
    {
        var all = keys.ToList();
        if (all.Count == 0) return "none";
        return string.Join(", ", all.Take(MostKeys).Select(k => $"'{k}'")) + (all.Count > MostKeys ? $" and {all.Count - MostKeys} more" : "");
    }
}
