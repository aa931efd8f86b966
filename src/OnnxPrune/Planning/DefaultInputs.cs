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

    /// <summary>A note that names the inputs with sizes that a pruned model no longer reads, because it computes other sizes; or none.</summary>
    public static IEnumerable<string> Unread(Cut cut, OnnxModel pruned)
    {
        var read = pruned.Proto.Graph.Node.SelectMany(n => n.Input.Concat(SubGraphs.Captures(n))).ToHashSet(StringComparer.Ordinal);
        var unread = cut.Analysis.Graph.Nodes.SelectMany(n => n.Reads).Where(v => v.IsDefault && !read.Contains(v.Name)).Select(v => $"'{v.Name}'").Distinct().ToList();
        if (unread.Count == 0) yield break;
        string more = unread.Count > MostNames ? $", and {unread.Count - MostNames} more" : "";
        yield return $"the pruned model has other sizes than inputs with a default value give, and ignores what a caller passes: "
            + $"{string.Join(", ", unread.Take(MostNames))}{more}";
    }

    private static string Old(Value value) => string.Join(',', value.Initializer!.Dims);

    private static string New(Cut cut, KeptSizes sizes, Value value) => string.Join(',', cut.Analysis.Layouts.LayoutOf(value)!.Select(sizes.Of));
}
