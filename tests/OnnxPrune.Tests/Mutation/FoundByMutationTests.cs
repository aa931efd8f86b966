using OnnxPrune.Allocation;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Mutation;

/// <summary>Nodes and sizes that mutants had and that stopped the compiler, with relatives: the rest of the model is pruned.</summary>
public class FoundByMutationTests
{
    public static TheoryData<string> Nodes =>
    [
        "bad = Einsum<equation = \"ij,jk->ii\">(z, w8)", "bad = Einsum<equation = \"ij,jk->ix\">(z, w8)", "bad = Einsum<equation = \"\">(z, w8)",
        "bad = Einsum<equation = \"ij,jk,kl->il\">(z, w8)", "bad = Einsum<equation = \"ij->->j\">(z)",
        "bad = Einsum<equation = \"ij,jk->i\0\">(z, w8)",
        "bad = Gather<axis = 1>(z, nine)", "s = Shape(z) bad = Gather(s, nine)", "s = Shape(z) bad = Gather(s, below)",
        "s = Shape(z) bad = GatherElements(s, nine)", "bad = Gather(one, nine)", "bad = Gather<axis = 1.5>(z, one)", "bad = Unsqueeze(z, twice)",
        "bad = Unsqueeze(z, again)", "bad = Squeeze(q, twice)", "bad = Gemm(z, w8, q)", "bad = Gemm(z, w8, w9)", "bad = Gemm(one8, w8, z)",
        "bad = Conv<group = 17>(u, k)", "bad = Conv<group = 3>(u, k)", "bad = ConvTranspose<group = 3>(u, k)", "bad = Conv<group = -4>(q, k)",
        "bad = com.microsoft.Attention<num_heads = -2>(v, w24)", "bad = com.microsoft.Attention<num_heads = 0>(v, w24)",
        "bad = com.microsoft.MultiHeadAttention<num_heads = -2>(v, v, v)", "bad = com.microsoft.SkipLayerNormalization(z, v, g8)",
        "bad = com.microsoft.SkipLayerNormalization(v, q, g8)", "bad = com.microsoft.SkipSimplifiedLayerNormalization(z, v, g8)",
        "bad = com.microsoft.SkipLayerNormalization(scalar, scalar, g8)", "bad, more = Split(u, two)", "bad, more = Split<axis = 1>(u, two)",
        ", bad = BatchNormalization(q, g4, g4, g4, g4)", " = Slice(r, one, nine)", " = Relu(r)", " = Split(r, two)", " = Flatten(r)",
        " = ConstantOfShape(one)", " = Identity(r)", "bad = ConstantOfShape<value = float[0] {}>(one)",
        "bad = ConstantOfShape<value = float[2] {1.0, 2.0}>(one)", "bad = ConstantOfShape(huge)", "bad = ConstantOfShape(huger)",
        "bad = Expand(scalar, huge)", "bad = Tile(z, huge)", "bad = Reshape(z, huge)", "bad = Pad(z, huge4)",
        "e = ConstantOfShape(huge) bad = Add(e, e)", "e = ConstantOfShape(huger) bad = Reshape(e, flat)",
        "bad = LSTM<hidden_size = -4>(v, w24, w24)", "bad = Cast<to = 1.5>(z)",
    ];

    [Theory]
    [MemberData(nameof(Nodes))]
    public void A_node_is_left_alone(string node)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17, "com.microsoft" : 1]>
            g (float[N,3] x, float[N,8] z, float[2,4,6,6] q, float[2,5,8] v, float[a,b,c,d] u0) => (float[N,4] y)
            <float[3,6] w1 = normal 1, float[6,4] w2 = normal 1, float[8,8] w8 = normal 1, float[9] w9 = normal 1, float[8,24] w24 = normal 1,
             float[4,4,3,3] k = normal 1,
             float[8] g8 = normal 1, float[4] g4 = normal 1, float[1,8] one8 = normal 1, float scalar = {1.0},
             int64[1] one = {1}, int64[1] nine = {9}, int64[1] below = {-9},
             int64[2] twice = {0, 0}, int64[2] again = {1, -3}, int64[2] two = {2, 2},
             int64[2] huge = {4294967296, 4294967296}, int64[3] huger = {4611686018427387904, 2, 2},
             int64[4] huge4 = {4611686018427387904, 4611686018427387904, 4611686018427387904, 0},
             int64[1] flat = {-1}>
            { u = Mystery(u0) h = MatMul(x, w1) r = Relu(h) y = MatMul(r, w2) {{node}} }
            """);
        var decision = Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse("channels=50%"), Include = ["w1"] });
        Assert.Equal([3, 3], Rewriter.Prune(decision.Cut).Proto.Graph.Initializer.Single(t => t.Name == "w1").Dims);
    }

    [Theory]
    [InlineData("float[N,3,3037000500,64] x")]
    [InlineData("float[N,3,4611686018427387904,4611686018427387904] x")]
    [InlineData("float[9223372036854775807,3,8,8] x")]
    [InlineData("float[N,3,268435456,268435456] x")]
    [InlineData("float[N,3,16777216,2] x")]
    [InlineData("float[N,3,4294967296,4294967296] x")]
    public void An_image_of_any_size_is_analysed(string input)
    {
        var analysis = Analysis.Of($$"""
            g ({{input}}) => (float[N,5] y)
            <float[8,3,1,1] w1 = normal 1, float[5,8] w2 = normal 1, int64[3] flat = {0, 8, -1}, int64[2] one = {-1, 8}, int64[1] all = {-1}>
            { c = Conv(x, w1) f = Reshape(c, flat) g = Reshape(c, one) a = Reshape(c, all)
              m = ReduceMean<axes = [2], keepdims = 0>(f) y = Gemm<transB = 1>(m, w2) }
            """);
        Assert.NotNull(analysis.Groups);
    }

    [Theory]
    [InlineData(6, "a, b = Split(r, two)")]
    [InlineData(11, "a, b = Split<axis = 0>(r, two)")]
    [InlineData(13, "a, b = Split(r, two)")]
    [InlineData(11, "a, b = Split<split = [2, 2]>(r)")]
    [InlineData(18, "a, b = Split<num_outputs = 2>(r)")]
    public void Split_takes_its_sizes_in_the_form_that_it_had(int opset, string split)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : {{opset}}]>
            g (float[3,N] x) => (float[5,N] y)
            <float[4,3] w1 = normal 1, float[5,4] w2 = normal 1, int64[2] two = {2, 2}>
            { h = MatMul(w1, x) r = Relu(h) {{split}} s = Concat<axis = 0>(b, a) y = MatMul(w2, s) }
            """);
        var decision = Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse("channels=50%") });
        Assert.Equal([2, 3], Rewriter.Prune(decision.Cut).Proto.Graph.Initializer.Single(t => t.Name == "w1").Dims);
    }

    [Theory]
    [InlineData("ReduceMax<keepdims = 0>(n)", "Greater(k, no)")]
    [InlineData("Identity(no)", "Slice(k, end, end)")]
    [InlineData("Identity(none)", "Equal(k, k)")]
    [InlineData("Identity(none)", "Identity(k)")]
    [InlineData("Identity(no)", "Identity(two)")]
    public void A_condition_that_is_not_one_truth_decides_nothing(string first, string second)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,3] x) => (float[N,4] y)
            <float[3,6] w1 = normal 1, float[6,4] w2 = normal 1, int64[1] no = {0}, int64[0] none = {}, int64[1] end = {5}, bool[2] two = {1, 0}>
            { n = Shape(x) k = {{first}} c = {{second}} h = MatMul(x, w1) r = Relu(h)
              i = If<then_branch = t () => (float[N,3] p) { p = Neg(x) }, else_branch = e () => (float[N,3] o) { o = Tanh(x) }>(c) y = MatMul(r, w2) }
            """);
        Assert.Single(analysis.Groups);
    }
}
