using Google.Protobuf;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Weights;

/// <summary>A weight is a weight wherever its numbers lie.</summary>
public class StorageTests
{
    private const string Layers = """
        g (float[N,6] x) => (float[N,3] y)
        <float[6,8] a = normal 0.5, float[8,3] c = normal 0.5>
        { p = MatMul (x, a)  q = Relu (p)  y = MatMul (q, c) }
        """;

    [Fact]
    public void In_typed_fields()
    {
        var model = OnnxText.Parse(Layers);
        foreach (var tensor in model.Graph.Initializer)
        {
            tensor.FloatData.AddRange(Tensors.Floats(tensor).ToArray());
            tensor.ClearRawData();
        }
        PrunedText.Verified(new OnnxModel(model), "a[1] (8)");
    }

    [Fact]
    public void In_external_files()
    {
        using var folder = new TemporaryFolder();
        var model = OnnxText.Parse(Layers);
        foreach (var tensor in model.Graph.Initializer)
        {
            File.WriteAllBytes(folder.File(tensor.Name + ".bin"), tensor.RawData.ToByteArray());
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = tensor.Name + ".bin" });
            tensor.ClearRawData();
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
        }
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());

        var pruned = PrunedText.Verified(ModelFile.Load(folder.File("model.onnx")), "a[1] (8)");
        ModelFile.Save(pruned.Pruned, folder.File("pruned.onnx"));

        Assert.Equal([6, 4], ModelFile.Load(folder.File("pruned.onnx")).Proto.Graph.Initializer.Single(t => t.Name == "a").Dims);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void As_sparse_tensors(bool coordinates)
    {
        var model = OnnxText.Parse(Layers);
        var dense = model.Graph.Initializer.Single(t => t.Name == "a");
        model.Graph.Initializer.Remove(dense);
        model.Graph.SparseInitializer.Add(Sparse(dense, coordinates));

        var result = PrunedText.Verified(new OnnxModel(model), "a[1] (8)");

        Assert.Equal("6,4", result.Dims("a"));
        Assert.Empty(result.Pruned.Proto.Graph.SparseInitializer);
    }

    // Every third element stays.
    private static SparseTensorProto Sparse(TensorProto dense, bool coordinates)
    {
        long[] kept = [.. Enumerable.Range(0, (int)Tensors.Count(dense)).Where(i => i % 3 != 1).Select(i => (long)i)];
        double[] values = Tensors.Doubles(dense);
        long columns = dense.Dims[1];
        var indices = Tensors.Int64s("", coordinates ? [.. kept.SelectMany(i => new[] { i / columns, i % columns })] : kept);
        if (coordinates) indices.Dims[0] = kept.Length;
        if (coordinates) indices.Dims.Add(2);
        var sparse = new SparseTensorProto { Values = Tensors.Make(dense.Name, ElementType.Float, [kept.Length], [.. kept.Select(i => values[i])]), Indices = indices };
        sparse.Dims.AddRange(dense.Dims);
        return sparse;
    }
}
