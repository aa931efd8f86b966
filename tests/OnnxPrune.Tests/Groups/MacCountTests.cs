using System.Text.RegularExpressions;
using OnnxPrune.Operators;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>MACs by hand, by published figures, and by docs/macs.md.</summary>
public partial class MacCountTests
{
    // Multiply-accumulates in millions at one image of 224x224, as torchvision publishes them for its models (there called GFLOPS).
    public static TheoryData<string, double> Published => new()
    {
        { "alexnet", 714 }, { "convnext_tiny", 4456 }, { "densenet121", 2834 }, { "efficientnet_b0", 386 }, { "googlenet", 1498 },
        { "mobilenet_v2", 301 }, { "mobilenet_v3_large", 217 }, { "regnet_y_400mf", 402 }, { "resnet18", 1814 }, { "resnet50", 4089 },
        { "resnext50_32x4d", 4230 }, { "shufflenet_v2_x1_0", 145 }, { "squeezenet1_1", 349 }, { "vgg16_bn", 15470 },
    };

    [Theory]
    [InlineData("y = Conv <pads = [1,1,1,1]> (x, w)", "float[1,3,8,8] x, float[16,3,3,3] w", 16 * 64 * 27)]
    [InlineData("y = Conv <pads = [1,1,1,1], strides = [2,2]> (x, w)", "float[2,3,8,8] x, float[16,3,3,3] w", 2 * 16 * 16 * 27)]
    [InlineData("y = Conv <pads = [1,1,1,1], group = 4> (x, w)", "float[1,8,8,8] x, float[16,2,3,3] w", 16 * 64 * 18)]
    [InlineData("y = Conv <pads = [1,1,1,1], group = 8> (x, w, b)", "float[1,8,8,8] x, float[8,1,3,3] w, float[8] b", 8 * 64 * 9)]
    [InlineData("y = ConvTranspose (x, w)", "float[1,4,5,5] x, float[4,6,3,3] w", 100 * 6 * 9)]
    [InlineData("y = Gemm (a, b, c)", "float[2,5] a, float[5,7] b, float[7] c", 2 * 5 * 7)]
    [InlineData("y = Gemm <transA = 1, transB = 1> (a, b)", "float[5,2] a, float[7,5] b", 2 * 5 * 7)]
    [InlineData("y = MatMul (a, b)", "float[2,3,4,5] a, float[2,3,5,6] b", 6 * 4 * 5 * 6)]
    [InlineData("y = MatMul (a, b)", "float[2,3,4,5] a, float[5,6] b", 6 * 4 * 5 * 6)]
    [InlineData("y = Einsum <equation = \"bij,bjk->bik\"> (a, b)", "float[2,3,4] a, float[2,4,5] b", 2 * 3 * 4 * 5)]
    [InlineData("y = Attention <q_num_heads = 4, kv_num_heads = 4> (q, k, v)", "float[1,4,16] q, float[1,6,16] k, float[1,6,16] v", 2 * 4 * 16 * 6)]
    [InlineData("y = LSTM <hidden_size = 4> (x, w, r)", "float[5,2,3] x, float[1,16,3] w, float[1,16,4] r", 5 * 2 * ((16 * 3) + (16 * 4)))]
    [InlineData("y = GRU <hidden_size = 4> (x, w, r)", "float[5,2,3] x, float[1,12,3] w, float[1,12,4] r", 5 * 2 * ((12 * 3) + (12 * 4)))]
    [InlineData("y = Relu (x)", "float[1,3,8,8] x", 0)]
    [InlineData("y = Softmax (x)", "float[1,3,8,8] x", 0)]
    public void A_node_counts_what_its_formula_says(string node, string inputs, double expected)
    {
        var analysis = Analysis.Of($$"""<ir_version: 10, opset_import: ["" : 23]> g ({{inputs}}) => (y) { {{node}} }""");

        Assert.Equal(expected, NodeCosts.Of(analysis)[analysis.Graph.Nodes[0]].Macs);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_network_counts_what_is_published(string name, double millions)
    {
        var model = Testing.Zoo.LoadTopology(name);
        foreach (int axis in new[] { 2, 3 }) model.Proto.Graph.Input[0].Type.TensorType.Shape.Dim[axis].DimValue = 224;
        model.Proto.Graph.ValueInfo.Clear();

        Assert.InRange(ModelAnalysis.Run(model).Cost.Total(_ => null).Macs / 1e6, millions * 0.99, millions * 1.01);
    }

    [Fact]
    public void The_nodes_of_a_network_share_its_cost()
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology("mobilenet_v2"));
        var costs = NodeCosts.Of(analysis);

        Assert.Equal(analysis.Cost.Total(_ => null), analysis.Graph.Nodes.Select(node => costs[node]).Aggregate((a, b) => CostModel.Plus(a, b, 1)));
    }

    [Fact]
    public void The_document_names_the_operators_that_count()
    {
        var counting = OperatorSet.Default.Entries.Where(e => Counts(e.Operator)).Select(e => e.Name).Distinct();
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/macs.md"));

        var documented = Row().Matches(document).Select(m => m.Groups[1].Value);
        Assert.Equal(counting.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static bool Counts(Operator op) => op.GetType().GetMethod(nameof(Operator.CountMacs))!.DeclaringType != typeof(Operator);

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
