using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Mutation;

/// <summary>A small model that mutants are made of: one for each kind of content that the compiler reads.</summary>
/// <param name="Name">What it is an example of.</param>
/// <param name="Proto">The message as it lies in its file.</param>
/// <param name="Data">The contents of the file beside it, <see cref="DataFile"/>; empty for none.</param>
internal sealed record SeedModel(string Name, ModelProto Proto, byte[] Data)
{
    /// <summary>The name of the file with external data.</summary>
    public const string DataFile = "m.onnx.data";

    /// <summary>All of them, in a fixed order.</summary>
    public static IReadOnlyList<SeedModel> All { get; } =
    [
        Of("image", SeedTexts.Image),
        Of("moves", SeedTexts.Moves),
        Of("token", SeedTexts.Token),
        Of("quantised", SeedTexts.Quantised),
        Of("recurrent", SeedTexts.Recurrent),
        Of("contributed", SeedTexts.Contributed),
        Of("branches", SeedTexts.Branches),
        Of("functions", SeedTexts.Functions),
        External(),
        Sparse(),
        Float16(),
    ];

    private static SeedModel Of(string name, string text) => new(name, OnnxText.Parse(text), []);

    // Every initializer of the image model, wherever it ends up in one file.
    private static SeedModel External()
    {
        var model = OnnxText.Parse(SeedTexts.Image);
        using var data = new MemoryStream();
        foreach (var tensor in model.Graph.Initializer.Where(t => t.HasRawData))
        {
            tensor.ExternalData.Add(Entry("location", DataFile));
            tensor.ExternalData.Add(Entry("offset", $"{data.Position}"));
            tensor.ExternalData.Add(Entry("length", $"{tensor.RawData.Length}"));
            tensor.RawData.WriteTo(data);
            tensor.ClearRawData();
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
        }
        return new SeedModel("external", model, data.ToArray());
    }

    // One weight by positions, one by coordinates.
    private static SeedModel Sparse()
    {
        var model = OnnxText.Parse(SeedTexts.Image);
        foreach (var tensor in model.Graph.Initializer.Where(t => t.Name is "w1" or "w2").ToList())
        {
            model.Graph.Initializer.Remove(tensor);
            model.Graph.SparseInitializer.Add(Sparse(tensor, byCoordinates: tensor.Name == "w2"));
        }
        return new SeedModel("sparse", model, []);
    }

    private static SparseTensorProto Sparse(TensorProto dense, bool byCoordinates)
    {
        float[] all = MemoryMarshal.Cast<byte, float>(dense.RawData.Span).ToArray();
        int[] positions = [.. Enumerable.Range(0, all.Length).Where(i => i % 3 != 0)];
        var values = Tensors.Make(dense.Name, ElementType.Float, [positions.Length], [.. positions.Select(i => (double)all[i])]);
        long[] dims = [.. dense.Dims];
        var indices = Tensors.Int64s("", [.. positions.SelectMany(p => byCoordinates ? Coordinates(p, dims) : [p])]);
        if (byCoordinates) indices.Dims.Add(dims.Length);
        if (byCoordinates) indices.Dims[0] = positions.Length;
        return new SparseTensorProto { Values = values, Indices = indices, Dims = { dims } };
    }

    private static IEnumerable<long> Coordinates(long position, long[] dims) =>
        Enumerable.Range(0, dims.Length).Select(axis => position / dims[(axis + 1)..].Aggregate(1L, (n, d) => n * d) % dims[axis]);

    private static SeedModel Float16()
    {
        var model = OnnxText.Parse(SeedTexts.Image);
        foreach (var tensor in model.Graph.Initializer.Where(Tensors.IsFloat))
        {
            var half = Tensors.Make(tensor.Name, ElementType.Float16, tensor.Dims, Tensors.Doubles(tensor));
            (tensor.DataType, tensor.RawData) = (half.DataType, half.RawData);
        }
        foreach (var info in model.Graph.Input.Concat(model.Graph.Output)) info.Type.TensorType.ElemType = (int)ElementType.Float16;
        return new SeedModel("float16", model, []);
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
