using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>A layer without a bias computes t = W·x, so that Σ t xᵀ = W·Σ x xᵀ, if x is what ONNX Runtime computed t from.</summary>
public class LayerStatisticsTests
{
    [Theory]
    [InlineData("float[4,3,9] x", "float[4,3,3]", "Conv <strides = [2], pads = [2,1]>")]
    [InlineData("float[4,4,9] x", "float[6,2,3]", "Conv <dilations = [3], pads = [1,4], group = 2>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,3,2]", "Conv")]
    [InlineData("float[4,3,7,8] x", "float[4,3,3,2]", "Conv <strides = [2,3], pads = [0,1,2,3]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,3,2]", "Conv <dilations = [2,3], pads = [2,1,0,3]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,4,3]", "Conv <auto_pad = \"SAME_UPPER\", strides = [2,2]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,4,3]", "Conv <auto_pad = \"SAME_LOWER\", strides = [2,2]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,2,4]", "Conv <auto_pad = \"SAME_LOWER\", strides = [3,1]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,3,3]", "Conv <auto_pad = \"VALID\", strides = [2,2]>")]
    [InlineData("float[4,3,7,8] x", "float[4,3,1,1]", "Conv <strides = [2,2], pads = [1,0,0,1]>")]
    [InlineData("float[4,6,5,5] x", "float[6,2,3,3]", "Conv <group = 3, pads = [1,1,1,1]>")]
    [InlineData("float[4,6,5,5] x", "float[6,1,3,3]", "Conv <group = 6, pads = [1,1,1,1], strides = [2,1]>")]
    [InlineData("float[2,2,4,5,6] x", "float[3,2,2,3,2]", "Conv <strides = [1,2,1], pads = [0,1,1,1,0,0], dilations = [2,1,1]>")]
    [InlineData("float[4,3,5,5] x", "float[3,4,3,3]", "ConvTranspose <strides = [2,2], pads = [1,0,0,1], output_padding = [1,0]>")]
    [InlineData("float[4,4,5,5] x", "float[4,3,2,2]", "ConvTranspose <group = 2, dilations = [2,1]>")]
    [InlineData("float[4,4,6] x", "float[4,3,3]", "ConvTranspose <auto_pad = \"SAME_UPPER\", strides = [2]>")]
    [InlineData("float[4,5,6] x", "float[6,3]", "MatMul")]
    [InlineData("float[2,3,2,6] x", "float[6,3]", "MatMul")]
    [InlineData("float[40,6] x", "float[3,6]", "Gemm <transB = 1>")]
    [InlineData("float[40,6] x", "float[6,3]", "Gemm")]
    public void Features_are_what_the_runtime_reads(string input, string weight, string layer)
    {
        var model = OnnxText.Parse($"g ({input}) => (float[] y) <{weight} w = normal 0.5> {{ y = {layer} (x, w) }}");
        model.Graph.Output[0].Type.TensorType.Shape = null;
        foreach (int positions in new[] { 1 << 20, 40 }) AssertConsistent(model, positions, 1e-4);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(18)]
    public void Every_version_of_the_operators_is_used_as_it_is_defined(int opset)
    {
        var model = OnnxText.Parse(
            "g (float[4,3,7,8] x) => (float[4,6,4,4] y) <float[6,3,3,3] w = normal 0.5> { y = Conv <pads = [1,1,1,1], strides = [2,2]> (x, w) }");
        model.OpsetImport[0].Version = opset;
        AssertConsistent(model, 1 << 20, 1e-4);
    }

    [Fact]
    public void Sums_are_taken_in_a_type_that_holds_them() => AssertConsistent(
        OnnxText.Parse("""
            g (float16[8,3,32,32] x) => (float16[8,4,32,32] y) <float16[3] k = {60, 60, 60}, float16[3,3,1,1] e = normal 9, float16[4,3,3,3] w = normal 0.1>
            { h = Conv (x, e, k)  y = Conv <pads = [1,1,1,1]> (h, w) }
            """),
        1 << 20,
        1e-2);

    private static void AssertConsistent(ModelProto model, int positions, double tolerance)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        using var walk = new ActivationWalk(analysis.Graph.Model, SyntheticData.Create(analysis, 8, 1).Batches, ExecutionProvider.Cpu);
        var layer = LinearLayer.Of(walk.Graph.Nodes[^1], PrivateOffsets.ReadersOf(walk.Graph))!;
        walk.AdvanceTo(layer.Node.Index);

        var statistics = StatisticsPass.Run(walk, layer, positions, 0, ExecutionProvider.Cpu)!;

        var weights = layer.ToMatrices(layer.Weight.Initializer!);
        for (int group = 0; group < layer.Groups; group++)
        {
            var (gram, cross) = (statistics.Moments(group, centred: false).Gram, statistics.Moments(group, centred: false).Cross);
            double scale = cross.Values.ToArray().Max(v => Math.Abs(v));
            Assert.InRange(scale, 1e-6, 1e6);
            for (int o = 0; o < cross.Rows; o++)
                for (int i = 0; i < cross.Columns; i++)
                    Assert.Equal(cross[o, i] / scale, FixedOrder.Dot(weights[group].Row(o), gram.Row(i)) / scale, tolerance);
        }
    }
}
