using System.Security.Cryptography;
using Google.Protobuf;
using Onnx;

namespace OnnxPrune.Model;

/// <summary>
/// Two hashes of a normalized model. The structure is everything that inference reads: nodes, names, shapes, integer constants; not
/// documentation, metadata or the exporter's name. The weights are the contents of the float and the quantised tensors. Another checkpoint of a
/// network has the same structure and other weights. Neither depends on the order in which a file lists its initializers, nor on defaults that it
/// writes out.
/// </summary>
internal static class ModelHash
{
    /// <summary>The hash of the structure, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Structure(ModelProto normalized) => FileOrderStructure(Canonical(normalized));

    /// <summary>The hash of the float and quantised tensors' contents, in the order of their names.</summary>
    public static string Weights(ModelProto normalized) => FileOrderWeights(Canonical(normalized));

    /// <summary>The hash of the structure in the order of the file, which older plans have.</summary>
    public static string FileOrderStructure(ModelProto normalized)
    {
        var copy = normalized.Clone();
        copy.ClearProducerName();
        copy.ClearProducerVersion();
        copy.ClearDocString();
        copy.MetadataProps.Clear();
        copy.Graph.ClearDocString();
        copy.Graph.MetadataProps.Clear();
        foreach (var node in copy.Graph.Node) Clear(node);
        foreach (var value in copy.Graph.Input.Concat(copy.Graph.Output).Concat(copy.Graph.ValueInfo)) Clear(value);
        var biases = QuantizedBiases(normalized);
        foreach (var tensor in TensorWalk.All(copy))
        {
            tensor.ClearDocString();
            tensor.MetadataProps.Clear();
            if (IsWeight(tensor, biases)) tensor.ClearRawData();
        }
        return Text(SHA256.HashData(copy.ToByteArray()));
    }

    /// <summary>The hash of the weights in the order of the file, which older plans have.</summary>
    public static string FileOrderWeights(ModelProto normalized)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var biases = QuantizedBiases(normalized);
        foreach (var tensor in TensorWalk.All(normalized).Where(t => IsWeight(t, biases))) hash.AppendData(tensor.RawData.Span);
        return Text(hash.GetHashAndReset());
    }

    private static ModelProto Canonical(ModelProto normalized)
    {
        var copy = normalized.Clone();
        foreach (var graph in SubGraphs.Within(copy.Graph))
        {
            Sort(graph.Initializer, t => t.Name);
            Sort(graph.SparseInitializer, t => t.Values.Name);
            Sort(graph.ValueInfo, v => v.Name);
        }
        foreach (var tensor in TensorWalk.All(copy).Where(t => t.DataLocation == TensorProto.Types.DataLocation.Default)) tensor.ClearDataLocation();
        return copy;
    }

    private static void Sort<T>(ICollection<T> items, Func<T, string> name)
    {
        var sorted = items.OrderBy(name, StringComparer.Ordinal).ToList();
        items.Clear();
        foreach (var item in sorted) items.Add(item);
    }

    // Sizes, axes and positions are integers of 32 and 64 bits; those of 32 bits that quantised operators read are biases.
    private static bool IsWeight(TensorProto tensor, HashSet<string> biases)
    {
        var type = Tensors.TypeOf(tensor);
        bool quantized = ElementTypes.Bits(type) is > 0 and <= 8 && type != ElementType.Bool;
        return Tensors.IsFloat(tensor) || quantized || biases.Contains(tensor.Name);
    }

    private static HashSet<string> QuantizedBiases(ModelProto model) => model.Graph.Node
        .Select(node => node.OpType switch
        {
            "DequantizeLinear" => node.Input.FirstOrDefault(),
            "QLinearConv" => node.Input.ElementAtOrDefault(8),
            _ => null,
        })
        .OfType<string>().Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);

    private static void Clear(NodeProto node)
    {
        node.ClearDocString();
        node.MetadataProps.Clear();
    }

    private static void Clear(ValueInfoProto value)
    {
        value.ClearDocString();
        value.MetadataProps.Clear();
    }

    private static string Text(byte[] hash) => "sha256:" + Convert.ToHexStringLower(hash);
}
