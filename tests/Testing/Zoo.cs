using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Testing;

/// <summary>The topologies in models/zoo, whose large weights are filled in by seed or, for analysis, with zeros.</summary>
internal static class Zoo
{
    /// <summary>The names, without extension.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "models", "zoo"), "*.onnx")
            .Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal);

    /// <summary>A model with the weights that its documentation strings describe.</summary>
    public static OnnxModel Load(string name)
    {
        var model = Read(name);
        SeededFill.Fill(model.Proto);
        return model;
    }

    /// <summary>A model whose missing weights are zeros: enough for everything that does not run it.</summary>
    public static OnnxModel LoadTopology(string name)
    {
        var model = Read(name);
        foreach (var tensor in model.Proto.Graph.Initializer.Where(IsEmpty))
            tensor.RawData = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(new byte[sizeof(float) * tensor.Dims.Aggregate(1L, (n, d) => n * d)]);
        return model;
    }

    private static OnnxModel Read(string name) => ModelFile.Load(Path.Combine(RepositoryRoot.Path, "models", "zoo", name + ".onnx"));

    private static bool IsEmpty(TensorProto tensor) =>
        tensor.DataType == (int)ElementType.Float && !tensor.HasRawData && tensor.FloatData.Count == 0 && tensor.DocString.Length > 0;
}
