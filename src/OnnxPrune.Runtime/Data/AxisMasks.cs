using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Data;

/// <summary>The masks of a .npz file, axis by axis.</summary>
internal sealed class AxisMasks
{
    private readonly string path;
    private readonly IReadOnlyDictionary<string, NumpyArray> arrays;
    private readonly Dictionary<string, bool[]?> known = new(StringComparer.Ordinal);

    public AxisMasks(string path, IReadOnlyDictionary<string, NumpyArray> arrays)
    {
        this.path = path;
        this.arrays = arrays;
    }

    /// <summary>The keys of the file.</summary>
    public IEnumerable<string> Keys => arrays.Keys;

    /// <summary>True for each index of a slice's axis that stays; null where no mask says anything about it.</summary>
    public bool[]? Of(CoupledSlice slice)
    {
        string key = SliceArrays.KeyOf(slice);
        if (!known.TryGetValue(key, out var mask)) known[key] = mask = Both(OfAxis(slice), OfElements(slice));
        return mask;
    }

    /// <summary>A sentence for each key that names no axis of these groups.</summary>
    public IEnumerable<string> Unused(IReadOnlyList<ChannelGroup> groups)
    {
        var used = groups.SelectMany(g => g.Slices).SelectMany(s => new[] { SliceArrays.KeyOf(s), s.Weight.Name }).ToHashSet(StringComparer.Ordinal);
        return Keys.Where(k => !used.Contains(k)).Select(k => $"the mask '{k}' is not used: no prunable group occurs there");
    }

    private bool[]? OfAxis(CoupledSlice slice)
    {
        string key = SliceArrays.KeyOf(slice);
        if (!arrays.TryGetValue(key, out var array)) return null;
        int size = SliceArrays.SizeOf(slice);
        if (array.Dims.Length != 1 || array.Samples != size) throw SliceArrays.WrongShape(path, key, array, $"[{size}], one number per index");
        return [.. Enumerable.Range(0, size).Select(i => array.Values[i] != 0)];
    }

    private bool[]? OfElements(CoupledSlice slice)
    {
        if (!arrays.TryGetValue(slice.Weight.Name, out var array)) return null;
        var dims = slice.Weight.Initializer!.Dims;
        if (!array.Dims.SequenceEqual(dims))
            throw SliceArrays.WrongShape(path, slice.Weight.Name, array, $"[{string.Join(',', dims)}], the shape of the weight");
        int inner = (int)dims.Skip(slice.Axis + 1).Aggregate(1L, (n, d) => n * d), elements = (int)dims.Aggregate(1L, (n, d) => n * d);
        var stays = new bool[dims[slice.Axis]];
        for (int i = 0; i < elements; i++) stays[i / inner % stays.Length] |= array.Values[i] != 0;
        return stays;
    }

    private static bool[]? Both(bool[]? a, bool[]? b) => a is null || b is null ? a ?? b : [.. a.Zip(b, (x, y) => x && y)];
}
