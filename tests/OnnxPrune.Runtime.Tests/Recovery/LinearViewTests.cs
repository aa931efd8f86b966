using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Shapes;
using OnnxPrune.Testing;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary>Whatever has a linear view is recovered: fused layers, layers with packed weights, and operators of one's own.</summary>
public class LinearViewTests
{
    private const string Header = """<ir_version: 8, opset_import: ["" : 17, "com.microsoft" : 1]>""";

    // The hidden channels are linear in fewer inputs than channels stay, or the summand makes up for what they lose.
    [Theory]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5> { h = Conv (x, a)  y = com.microsoft.FusedConv (h, b) }", 2)]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,4,4] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.5, float[4] d = normal 1> { h = Conv (x, a)  y = com.microsoft.FusedConv <activation = \"Relu\"> (h, b, d) }", 2)]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5> { h = com.microsoft.FusedConv (x, a)  y = com.microsoft.FusedConv <activation = \"Sigmoid\"> (h, b) }", 2)]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5, float[4,3,1,1] c = normal 0.5> { h = Conv (x, a)  p = Conv (h, b)  y = com.microsoft.FusedConv <activation = \"Relu\"> (x, c, , p) }", 8)]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5, float[4] d = normal 1> { h = MatMul (x, a)  y = com.microsoft.FusedGemm <activation = \"Relu\"> (h, b, d) }", 2)]
    [InlineData("g (float[N,5,3] x) => (float[N,5,4] y) <float[3,8] a = normal 0.5, float[4,8] b = normal 0.5, float[4] d = normal 1> { h = MatMul (x, a)  p = com.microsoft.FusedMatMul <transB = 1> (h, b)  y = Add (p, d) }", 2)]
    public void A_fused_layer_is_recovered_exactly(string text, int keepEvery) => AssertExact(OnnxText.Parse(Header + text), keepEvery, OperatorSet.Default);

    [Fact]
    public void A_network_of_fused_convolutions_comes_nearer_to_the_original()
    {
        var result = Recover(OnnxText.Parse(Header + """
            g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[16,3,3,3] a = normal 0.3, float[16] c = normal 0.3, float[8,16,3,3] b = normal 0.2, float[8] d = normal 0.3, float[4,8,1,1] e = normal 0.5>
            {
              h = com.microsoft.FusedConv <activation = "Relu", pads = [1,1,1,1]> (x, a, c)
              i = com.microsoft.FusedConv <activation = "Relu", pads = [1,1,1,1]> (h, b, d)
              y = Conv (i, e)
            }
            """));
        Assert.Equal(RecoveryMethods.Obs, result.Methods);
        Assert.Empty(result.Notes);
        Assert.InRange(result.ErrorAfter, 0, 0.5 * result.ErrorBefore);
    }

    [Theory]
    [InlineData("y = com.microsoft.MatMulNBits <K = 64, N = 6, bits = 4, block_size = 16> (h, w, s)")]
    [InlineData("y = com.microsoft.MatMulNBits <K = 64, N = 6, bits = 4, block_size = 16> (h, w, s, , , b)")]
    [InlineData("p = com.microsoft.MatMulNBits <K = 64, N = 6, bits = 4, block_size = 16> (h, w, s, , , b)  y = Add (p, d)")]
    public void A_layer_with_packed_weights_gets_another_bias(string layer)
    {
        var model = OnnxText.Parse(Header + $$"""
            g (float[N,8] x) => (float[N,6] y) <float[8,64] a = normal 0.5, float[24] s = uniform 0.05 0.2, float[6] b = normal 1, float[6] d = normal 1>
            { p0 = MatMul (x, a)  h = Relu (p0)  {{layer}} }
            """);
        model.Graph.Initializer.Add(Tensors.Make("w", ElementType.Uint8, [6, 4, 8], [.. Enumerable.Range(0, 192).Select(i => (double)(i * i * 37 % 256))]));
        var result = Recover(model);
        Assert.Equal(RecoveryMethods.Obs, result.Methods);
        Assert.InRange(result.ErrorAfter, 0, 0.8 * result.ErrorBefore);
    }

    [Fact]
    public void An_operator_of_ones_own_is_recovered_like_a_matrix_product()
    {
        const string text = """g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5, float[4] d = normal 1> { h = Einsum <equation = "ij,jk->ik"> (x, a)  p = Einsum <equation = "ij,jk->ik"> (h, b)  y = Add (p, d) }""";
        AssertExact(OnnxText.Parse(Header + text), 2, OperatorSet.Default.With(new OperatorEntry("", "Einsum", 12, long.MaxValue, new Product())));
    }

    [Fact]
    public void An_operator_that_nothing_executes_is_a_layer_and_is_left_as_it_was()
    {
        var operators = OperatorSet.Default.With(new OperatorEntry("vendor", "Dense", 1, long.MaxValue, new Product(bias: 2)));
        var model = new OnnxModel(OnnxText.Parse("""
            <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
            g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5> { h = MatMul (x, a)  y = vendor.Dense (h, b) }
            """));
        var analysis = ModelAnalysis.Run(model, operators: operators);
        var node = analysis.Graph.Nodes[^1];
        var layer = LinearLayer.Of(node, LinearLayer.ReadersOf(analysis.Graph), operators);
        Assert.Equal((8, 4), (layer!.Inputs, layer.Outputs));
        Assert.Null(LinearLayer.Of(node, LinearLayer.ReadersOf(analysis.Graph)));
        Assert.Equal(OffsetKind.Whole, PrivateOffsets.Make(analysis.Graph.Model, operators).Offsets["y"].Kind);
        Assert.Contains(analysis.Groups, g => g.Size == 8);
    }

    private static RecoveryResult Recover(Onnx.ModelProto proto)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(proto));
        var cut = Halves(analysis, 2);
        var pruned = Rewriter.Prune(cut);
        var domain = CalibrationDomain.Of(analysis, CalibrationSet.Synthetic(analysis, 256, 0), ExecutionProvider.Cpu);
        var result = AccuracyRecovery.Run(domain, pruned, cut, null, new ReconstructionOptions(), ExecutionProvider.Cpu);
        Assert.Null(RecoveredStructure.Difference(pruned, result.Model));
        return result;
    }

    private static void AssertExact(Onnx.ModelProto proto, int keepEvery, OperatorSet operators)
    {
        var model = new OnnxModel(proto);
        var analysis = ModelAnalysis.Run(model, operators: operators);
        var cut = Halves(analysis, keepEvery);
        var pruned = Rewriter.Prune(cut);
        var recovered = Reconstruction.Run(cut, pruned, SyntheticData.Create(analysis, 128, 1).Batches, new(Ridge: 1e-7), ExecutionProvider.Cpu);
        var other = SyntheticData.Create(analysis, 64, 2);
        var distance = new OutputDistance(Outputs(model, other));
        Assert.InRange(distance.Of(Outputs(pruned, other)), 1e-3, double.MaxValue);
        Assert.InRange(distance.Of(Outputs(recovered, other)), 0, 1e-5);
    }

    private static Cut Halves(ModelAnalysis analysis, int keepEvery)
    {
        var group = analysis.Groups.First(g => g.IsExact && g.Size >= Math.Min(keepEvery, 4));
        return Cut.Of(analysis, [KeyValuePair.Create(group, Enumerable.Range(0, group.Size).Select(i => i % keepEvery == 0).ToArray())]);
    }

    private static List<IReadOnlyList<HostTensor>> Outputs(OnnxModel model, CalibrationSet data)
    {
        using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
        return [.. data.Batches.Select(session.Run)];
    }

    /// <summary>A product of two matrices, as someone else would write it.</summary>
    private sealed class Product(int? bias = null) : Operator
    {
        public override void InferShapes(ShapeContext context) => context.Output([context.Shape(0)[0], context.Shape(1)[1]]);

        public override void Couple(CouplingContext context)
        {
            context.Unify(context.Input(0)[1], context.Input(1)[0]);
            context.Output(0, [context.Input(0)[0], context.Input(1)[1]]);
        }

        public override void FlowZeros(ZeroContext context)
        {
            context.Contract(context.Layout(0)[1], context.Input(0)[1] || context.Input(1)[0], "sums over features that are not zero");
            context.Output(0, context.Input(0)[0], context.Input(1)[1]);
        }

        public override LinearView? LinearOf(Node node) => new() { Bias = bias, OutputsAxis = 1, InputsAxis = 0, ChannelAxis = -1 };
    }
}
