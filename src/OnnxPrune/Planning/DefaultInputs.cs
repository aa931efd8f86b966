using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Planning;

/// <summary>The graph inputs with a default value that a cut makes smaller. A caller that passes them must pass the new size.</summary>
internal static class DefaultInputs
{
    private const int MostNames = 3;

    /// <summary>A note that names them, or none.</summary>
    public static IEnumerable<string> Notes(Cut cut)
    {
        var sizes = cut.Sizes();
        var smaller = cut.Analysis.Graph.Values.Where(v => v.IsDefault).Select(v => (v.Name, Old: Old(v), New: New(cut, sizes, v)))
            .Where(v => v.Old != v.New).Select(v => $"'{v.Name}' [{v.New}] instead of [{v.Old}]").ToList();
        if (smaller.Count == 0) yield break;
        string more = smaller.Count > MostNames ? $", and {smaller.Count - MostNames} more" : "";
        yield return $"inputs with a default value are smaller; a caller that passes them must pass {string.Join(", ", smaller.Take(MostNames))}{more}";
    }

    private static string Old(Value value) => string.Join(',', value.Initializer!.Dims);

    private static string New(Cut cut, KeptSizes sizes, Value value) => string.Join(',', cut.Analysis.Layouts.LayoutOf(value)!.Select(sizes.Of));
}
