using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Normalization;

/// <summary>Several initializers of one name: runtimes take the last, and refuse those of different types or shapes.</summary>
public class DuplicateInitializersTests
{
    private const string Net = "h = MatMul (x, w)  y = MatMul (h, v)";

    [Theory]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, float[2,2] w = {5, 6, 7, 8}", Net, 5, 1)]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, float[2,2] w = {1, 2, 3, 4}", Net, 1, 0)]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, float[2,2] w = {5, 6, 7, 8}, float[2,2] w = {9, 10, 11, 12}", Net, 9, 2)]
    [InlineData("float[2,2] w = {1, 2, 3, 4}", "w = Constant <value = float[2,2] {5, 6, 7, 8}> ()  " + Net, 5, 1)]
    public void The_last_one_counts(string initializers, string nodes, float first, int warnings)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(Model(initializers, nodes)));
        Assert.Equal(first, Tensors.Floats(analysis.Graph.Initializers.Single(v => v.Name == "w").Initializer!)[0]);
        Assert.Equal(warnings, analysis.Warnings.Count(w => w.Code == ErrorCodes.DuplicateInitializer));
        Assert.Equal(["w[1] (2)"], analysis.Groups.Select(g => g.ToString()));
    }

    [Fact]
    public void A_sparse_one_stands_behind_the_dense_ones()
    {
        var model = Model("float[2,2] w = {1, 2, 3, 4}", Net);
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Values = Tensors.Make("w", ElementType.Float, [1], [7]),
            Indices = Tensors.Int64s("", 0),
            Dims = { 2, 2 },
        });
        Assert.Equal([7, 0, 0, 0], Tensors.Floats(Normalizer.Normalize(model).Graph.Initializer.Single(t => t.Name == "w")).ToArray());
    }

    [Fact]
    public void In_a_body()
    {
        var model = Model(
            "float[2,2] w = {1, 2, 3, 4}, bool c = {1}",
            "h = MatMul (x, w)  k = MatMul (h, v)  y = If (b) <then_branch = t () => (float[N,2] a) <float[2] m = {1, 2}, float[2] m = {3, 4}> { a = Mul (k, m) }, else_branch = e () => (float[N,2] z) { z = Neg (k) }>");
        model.Graph.Input.Add(new ValueInfoProto { Name = "b", Type = new() { TensorType = new() { ElemType = 9, Shape = new() } } });
        var body = Normalizer.Normalize(model).Graph.Node.Single(n => n.OpType == "If").Attribute[0].G;
        Assert.Equal([3, 4], Tensors.Floats(Assert.Single(body.Initializer)).ToArray());
    }

    [Theory]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, float[4] w = {1, 2, 3, 4}")]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, double[2,2] w = {1, 2, 3, 4}")]
    [InlineData("float[2,2] w = {1, 2, 3, 4}, int64[1] w = {1}")]
    public void Others_are_refused(string initializers)
    {
        var error = Assert.Throws<OnnxPruneException>(() => ModelAnalysis.Run(new OnnxModel(Model(initializers, Net))));
        Assert.Equal(ErrorCodes.MalformedGraph, error.Code);
        Assert.Contains("different types or shapes are called 'w'", error.Message, StringComparison.Ordinal);
    }

    private static ModelProto Model(string initializers, string nodes) => OnnxText.Parse($$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,2] x) => (float[N,2] y) <{{initializers}}, float[2,2] v = {1, 1, 2, 1}> { {{nodes}} }
        """);
}
