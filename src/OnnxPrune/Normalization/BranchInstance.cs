using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>Copies of the nodes and initializers of a branch, for the graph around it.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Tensors">The initializers.</param>
/// <param name="Results">The names of what the branch computes, in the order of its outputs.</param>
internal sealed record BranchInstance(IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Tensors, IReadOnlyList<string> Results)
{
    /// <summary>The instance whose names begin with <paramref name="prefix"/>.</summary>
    public static BranchInstance Of(GraphProto branch, string prefix)
    {
        var names = branch.Node.SelectMany(n => n.Output).Concat(branch.Initializer.Select(t => t.Name)).Where(name => name.Length > 0)
            .Distinct().ToDictionary(name => name, name => prefix + name, StringComparer.Ordinal);
        return new BranchInstance(
            [.. branch.Node.Select(n => NodeInstance.Of(n, names, [], prefix))],
            [.. branch.Initializer.Select(tensor => Renamed(tensor, names[tensor.Name]))],
            [.. branch.Output.Select(output => names.GetValueOrDefault(output.Name, output.Name))]);
    }

    private static TensorProto Renamed(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }
}
