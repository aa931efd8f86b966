using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

public class ModelFileTests
{
    private const string Network = """
        g (float[N,3,8,8] x) => (float[N,40,a,b] y)
        <float[6,3,3,3] w1 = normal 0.1, float[40,6,5,5] w2 = normal 0.1>
        { h = Conv(x, w1) r = Relu(h) y = Conv(r, w2) }
        """;

    [Fact]
    public void A_model_survives_load_and_save_byte_by_byte()
    {
        using var folder = new TemporaryFolder();
        byte[] original = OnnxText.Parse(Network).ToByteArray();
        File.WriteAllBytes(folder.File("a.onnx"), original);
        long written = ModelFile.Save(ModelFile.Load(folder.File("a.onnx")), folder.File("b.onnx"));
        Assert.Equal(original, File.ReadAllBytes(folder.File("b.onnx")));
        Assert.Equal(original.Length, written);
        Assert.Equal(["a.onnx", "b.onnx"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Unknown_fields_stay()
    {
        using var folder = new TemporaryFolder();
        var stream = new MemoryStream();
        OnnxText.Parse(Network).WriteTo(stream);
        var output = new CodedOutputStream(stream);
        output.WriteTag(777, WireFormat.WireType.LengthDelimited);
        output.WriteString("from the future");
        output.Flush();
        File.WriteAllBytes(folder.File("a.onnx"), stream.ToArray());
        ModelFile.Save(ModelFile.Load(folder.File("a.onnx")), folder.File("b.onnx"));
        Assert.Equal(stream.ToArray(), File.ReadAllBytes(folder.File("b.onnx")));
    }

    [Fact]
    public void A_model_can_be_saved_over_itself()
    {
        using var folder = new TemporaryFolder();
        byte[] original = OnnxText.Parse(Network).ToByteArray();
        File.WriteAllBytes(folder.File("a.onnx"), original);
        ModelFile.Save(ModelFile.Load(folder.File("a.onnx")), folder.File("a.onnx"));
        Assert.Equal(original, File.ReadAllBytes(folder.File("a.onnx")));
    }

    [Fact]
    public void Files_appear_together_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("plan.json"), "older");
        var model = new OnnxModel(OnnxText.Parse(Network));
        using (var files = new OutputFiles())
        {
            files.Save(model, folder.File("a.onnx"));
            Assert.Equal(5, files.Save("newer", folder.File("plan.json")));
            Assert.Equal("OP1007", Assert.Throws<OnnxPruneException>(() => files.Save("text", folder.Path)).Code);
        }
        Assert.Equal("older", File.ReadAllText(Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path))));

        using (var files = new OutputFiles())
        {
            long bytes = files.Save(model with { HasExternalData = true }, folder.File("a.onnx"));
            files.Save("newer", folder.File("plan.json"));
            files.Commit();
            Assert.Equal(bytes, new FileInfo(folder.File("a.onnx")).Length + new FileInfo(folder.File("a.onnx.data")).Length);
        }
        Assert.Equal("newer", File.ReadAllText(folder.File("plan.json")));
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Fact]
    public void Weights_in_typed_fields_normalise_to_the_same_bytes()
    {
        var raw = OnnxText.Parse(Network);
        var typed = OnnxText.Parse(Network);
        foreach (var tensor in typed.Graph.Initializer)
        {
            tensor.FloatData.AddRange(Tensors.Floats(tensor).ToArray());
            tensor.ClearRawData();
        }
        Assert.Equal(
            Normalization.Normalizer.Normalize(raw).Graph.Initializer.Select(t => t.RawData),
            Normalization.Normalizer.Normalize(typed).Graph.Initializer.Select(t => t.RawData));
    }

    [Fact]
    public void External_data_is_read_at_its_offset_and_written_beside_the_model()
    {
        using var folder = new TemporaryFolder();
        var model = OnnxText.Parse(Network);
        var weights = model.Graph.Initializer.Select(t => t.RawData).ToList();
        WriteExternal(folder, model, padding: 64);
        var loaded = ModelFile.Load(folder.File("a.onnx"));
        Assert.Equal(weights, loaded.Proto.Graph.Initializer.Select(t => t.RawData));
        ModelFile.Save(loaded, folder.File("b.onnx"));
        Assert.True(new FileInfo(folder.File("b.onnx.data")).Length >= weights[1].Length);
        Assert.Equal(weights, ModelFile.Load(folder.File("b.onnx")).Proto.Graph.Initializer.Select(t => t.RawData));
    }

    [Theory]
    [InlineData("location", "missing.bin")]
    [InlineData("location", "../a.bin")]
    [InlineData("location", "sub/../../a.bin")]
    [InlineData("location", "/etc/hostname")]
    [InlineData("location", "")]
    [InlineData("offset", "999999")]
    [InlineData("offset", "-1")]
    [InlineData("offset", "one")]
    [InlineData("offset", "9223372036854775807")]
    [InlineData("length", "99999999")]
    [InlineData("length", "-4")]
    public void External_data_that_is_not_there_or_not_allowed_is_refused(string key, string value)
    {
        using var folder = new TemporaryFolder();
        var model = OnnxText.Parse(Network);
        WriteExternal(folder, model, padding: 0);
        foreach (var entry in model.Graph.Initializer[0].ExternalData.Where(e => e.Key == key)) entry.Value = value;
        File.WriteAllBytes(folder.File("a.onnx"), model.ToByteArray());
        Assert.Equal(ErrorCodes.ExternalData, Assert.Throws<OnnxPruneException>(() => ModelFile.Load(folder.File("a.onnx"))).Code);
    }

    [Fact]
    public void A_missing_or_empty_file_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ErrorCodes.FileNotReadable, Assert.Throws<OnnxPruneException>(() => ModelFile.Load(folder.File("none.onnx"))).Code);
        File.WriteAllBytes(folder.File("empty.onnx"), []);
        var error = Assert.Throws<OnnxPruneException>(() => ModelFile.Load(folder.File("empty.onnx")));
        Assert.Equal((ErrorCodes.NotAModel, folder.File("empty.onnx")), (error.Code, error.File));
    }

    [Fact]
    public void A_model_without_nodes_has_nothing_to_prune()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.onnx"), new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "g" } }.ToByteArray());
        Assert.Equal(ErrorCodes.NoGraph, Assert.Throws<OnnxPruneException>(() => ModelFile.Load(folder.File("a.onnx"))).Code);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("taken"));
        var model = new OnnxModel(OnnxText.Parse(Network));
        Assert.Equal(ErrorCodes.FileNotWritable, Assert.Throws<OnnxPruneException>(() => ModelFile.Save(model, folder.File("taken"))).Code);
        Assert.Equal(["taken"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private static void WriteExternal(TemporaryFolder folder, ModelProto model, int padding)
    {
        using var data = File.Create(folder.File("a.bin"));
        foreach (var tensor in model.Graph.Initializer)
        {
            data.Write(new byte[padding]);
            void Entry(string key, object value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = $"{value}" });
            Entry("location", "a.bin");
            Entry("offset", data.Position);
            Entry("length", tensor.RawData.Length);
            tensor.RawData.WriteTo(data);
            tensor.ClearRawData();
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
        }
        File.WriteAllBytes(folder.File("a.onnx"), model.ToByteArray());
    }
}
