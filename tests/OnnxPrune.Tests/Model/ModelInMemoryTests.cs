using Google.Protobuf;
using Onnx;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

/// <summary>Models that a program has in memory.</summary>
public class ModelInMemoryTests
{
    [Fact]
    public void A_model_is_parsed_from_bytes_and_written_to_a_stream()
    {
        byte[] bytes = File.ReadAllBytes(RepositoryRoot.Model("resnet20-cifar10.onnx"));
        var model = OnnxModel.Parse(bytes);
        using var stream = new MemoryStream();
        model.WriteTo(stream);

        Assert.Null(model.Path);
        Assert.Equal(ModelProto.Parser.ParseFrom(bytes), ModelProto.Parser.ParseFrom(stream.ToArray()));
        Assert.NotEmpty(ModelAnalysis.Run(model).Groups);
    }

    [Fact]
    public void Bytes_that_are_no_model_get_OP1002() =>
        Assert.Equal(ErrorCodes.NotAModel, Assert.Throws<OnnxPruneException>(() => OnnxModel.Parse([0x0a, 0xff, 1, 2])).Code);

    [Fact]
    public void A_model_without_nodes_gets_OP1003() =>
        Assert.Equal(ErrorCodes.NoGraph, Assert.Throws<OnnxPruneException>(() => OnnxModel.Parse(new ModelProto { Graph = new() }.ToByteArray())).Code);

    [Fact]
    public void Weights_in_another_file_get_OP1004()
    {
        var proto = OnnxText.Parse("<ir_version: 8, opset_import: [\"\": 17]> g (float[1] x) => (float[1] y) <float[1] w = {1}> { y = Add(x, w) }");
        proto.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        Assert.Equal(ErrorCodes.ExternalData, Assert.Throws<OnnxPruneException>(() => OnnxModel.Parse(proto.ToByteArray())).Code);
    }
}
