using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>One packed weight whose parts meet inputs of different widths: each part is pruned by itself, and the file does not grow.</summary>
public class PackedWeightTests
{
    [Theory]
    [InlineData("p = Slice (w, zero, eight, zero)  q = Slice (w, eight, end, zero)", "float[24,12] w = normal 0.5", "c[1] (12), d[1] (12), w/p[0] (8), w/q[0] (16)")]
    [InlineData("p, q = Split <axis = 0> (w, sizes)", "float[24,12] w = normal 0.5, int64[2] sizes = {8, 16}", "c[1] (12), d[1] (12), w/p[0] (8), w/q[0] (16)")]
    [InlineData("p = Gather (w, first)  q = Gather (w, second)", "float[2,8,12] w = normal 0.5, int64 first = {0}, int64 second = {1}", "c[1] (12), d[1] (12), w/p[0] (8), w/q[0] (8)")]
    [InlineData("p = Gather (w, first)  q = Gather (w, second)", "float[6,12] w = normal 0.5, int64[3] first = {0, 2, 4}, int64[3] second = {1, 3, 5}", "c[1] (12), d[1] (12), w/p[0] (3), w/q[0] (3)")]
    [InlineData("p0 = Slice (w, zero, eight, zero)  q0 = Slice (w, eight, end, zero)  p = DequantizeLinear (p0, s)  q = DequantizeLinear (q0, s)", "int8[24,12] w = normal 50, float s = {0.01}", "c[1] (12), d[1] (12), w/p0[0] (8), w/q0[0] (16)")]
    public void Pieces_for_two_inputs(string nodes, string weights, string groups)
    {
        var model = OnnxText.Parse(Model(nodes, weights, "a", "b"));
        var result = PrunedText.Verified(new OnnxModel(model), groups);
        Assert.True(result.Pruned.Proto.CalculateSize() < model.CalculateSize());
    }

    [Theory]
    [InlineData("p = Slice (w, zero, eight, zero)  q = Slice (w, eight, end, zero)", "float[24,12] w = normal 0.5", "a", "a")]
    [InlineData("p = Slice (w, zero, sixteen, zero)  q = Slice (w, eight, end, zero)", "float[24,12] w = normal 0.5", "a", "b")]
    public void A_weight_for_one_input_and_one_whose_pieces_overlap_stay_packed(string nodes, string weights, string first, string second)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Model(nodes, weights, first, second))));
        Assert.Contains(analysis.Graph.Initializers, v => v.Name == "w");
        Assert.Equal(2, analysis.Graph.Nodes.Count(n => n.OpType == "Slice"));
    }

    private static string Model(string nodes, string weights, string first, string second) => $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,4] x, float[N,5] z) => (float[N,2] y, float[N,3] v)
        <{{weights}}, float[4,12] c = normal 0.5, float[5,12] d = normal 0.5, float[{{(weights.Contains("[6,", StringComparison.Ordinal) ? 3 : 8)}},2] e = normal 0.5,
         float[{{(weights.Contains("[6,", StringComparison.Ordinal) ? 3 : weights.Contains("[2,", StringComparison.Ordinal) ? 8 : 16)}},3] f = normal 0.5,
         int64[1] zero = {0}, int64[1] eight = {8}, int64[1] sixteen = {16}, int64[1] end = {24}>
        {
            a0 = MatMul (x, c)  a = Relu (a0)  b0 = MatMul (z, d)  b = Relu (b0)
            {{nodes}}
            pt = Transpose <perm = [1,0]> (p)  qt = Transpose <perm = [1,0]> (q)
            h = MatMul ({{first}}, pt)  r = Relu (h)  y = MatMul (r, e)
            k = MatMul ({{second}}, qt)  t = Relu (k)  v = MatMul (t, f)
        }
        """;
}
