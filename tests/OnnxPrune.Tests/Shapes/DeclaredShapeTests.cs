using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Rewriting;
using OnnxPrune.Testing;

namespace OnnxPrune.Shapes;

/// <summary>Sizes that a model declares count, axis by axis, where no rule infers a size.</summary>
public class DeclaredShapeTests
{
    public static TheoryData<string> Kinds => [.. DeclaredShapeModels.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Layers_behind_declared_sizes_are_pruned(string kind)
    {
        var analysis = Analysis.Of(DeclaredShapeModels.Text(kind));
        Assert.Equal(DeclaredShapeModels.GroupsOf(kind), string.Join(", ", analysis.Groups.Where(g => g.IsExact)));
        Assert.DoesNotContain(analysis.Warnings, w => w.Code != ErrorCodes.UnreadParameters);
    }

    [Theory]
    [InlineData("s = Reshape (x, t)", "float[n,10] s", "Float[?,10]")]
    [InlineData("s = Reshape (x, t)", "float[8,5] s", "Float[8,5]")]
    [InlineData("s = Reshape (x, t)", "float[8,5,1] s", "Float[?,?]")]
    [InlineData("s = Reshape (x, t)", "", "Float[?,?]")]
    [InlineData("s = Relu (x)", "float[7,7] s", "Float[4,10]")]
    [InlineData("s = custom.Mystery (x)", "float[n,64,m] s", "Float[?,64,?]")]
    [InlineData("s = Compress <axis = 0> (x, c)", "float[3,10] s", "Float[?,10]")]
    public void A_declared_size_fills_what_is_not_inferred(string node, string declared, string expected)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17, "custom" : 1]> g (float[4,10] x, int64[2] t, bool[4] c) => (y) <{{declared}}> { {{node}}  y = Neg (s) }
            """);
        Assert.Equal(expected, $"{analysis.Shapes[analysis.Graph.Values.Single(v => v.Name == "s")]}");
    }

    [Fact]
    public void A_declared_axis_that_is_cut_has_its_new_size_and_one_that_is_not_keeps_it()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 17]> g (float[4,10] x, int64[2] t) => (float[n,6] y)
            <float[10,32] a = normal 1, float[32,6] b = normal 1, float[n,10] s, float[n,32] h>
            { s = Reshape (x, t)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b) }
            """);
        var cut = Cut.Of(analysis, analysis.Groups.ToDictionary(g => g, g => Enumerable.Range(0, g.Size).Select(i => i < 12).ToArray()));
        var infos = Advanced.Rewriter.Prune(cut).Proto.Graph.ValueInfo.ToDictionary(i => i.Name, Last, StringComparer.Ordinal);
        Assert.Equal((10, 12), (infos["s"], infos["h"]));
    }

    private static long Last(ValueInfoProto info) => info.Type.TensorType.Shape.Dim[^1].DimValue;
}
