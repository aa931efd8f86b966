using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Removes the outputs of a model that do not matter to its user, such as the auxiliary heads that only training reads, with the nodes and weights
/// that only these outputs need. What is left of the model is the original of the run.
/// </summary>
internal static class NamedOutputs
{
    private const int MostNames = 5;

    /// <summary>The model with these outputs only, in the order of the model; the model itself if no names are given.</summary>
    /// <exception cref="OnnxPruneException">OP2006: the model has no output of a name.</exception>
    public static OnnxModel Only(OnnxModel model, IReadOnlyList<string> names)
    {
        var outputs = model.Proto.Graph.Output;
        if (names.Count == 0) return model;
        foreach (string name in names.Where(name => outputs.All(o => o.Name != name))) throw Unknown(name, outputs);
        if (outputs.All(o => names.Contains(o.Name))) return model;
        var proto = model.Proto.Clone();
        RepeatedItems.Keep(proto.Graph.Output, o => names.Contains(o.Name));
        DeadBranches.Apply(proto, []);
        return model with { Proto = proto };
    }

    /// <summary>The sentence that tells which outputs of a model are gone; none if all are there.</summary>
    public static IReadOnlyList<string> Notes(OnnxModel model, IReadOnlyList<string> names)
    {
        var gone = names.Count == 0 ? [] : model.Proto.Graph.Output.Select(o => o.Name).Where(name => !names.Contains(name)).ToList();
        if (gone.Count == 0) return [];
        string more = gone.Count > MostNames ? $" and {gone.Count - MostNames} more" : "";
        return [$"{gone.Count} outputs that --outputs does not name were removed, with what only they need: {string.Join(", ", gone.Take(MostNames))}{more}"];
    }

    private static OnnxPruneException Unknown(string name, IEnumerable<ValueInfoProto> outputs)
    {
        var all = outputs.Select(o => o.Name).ToList();
        var near = SimilarNames.Of(name, all);
        string those = near.Count > 0 ? $"similar names are {string.Join(", ", near.Select(n => $"'{n}'"))}" : $"it has {string.Join(", ", all)}";
        return new OnnxPruneException(ErrorCodes.NothingMatches, $"--outputs: the model has no output '{name}'; {those}");
    }
}
