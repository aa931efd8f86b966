using OnnxPrune.Testing;

namespace OnnxPrune.Shapes;

/// <summary>Sizes that depend on data are unknown, and nothing else is: what is behind them has shapes and can be pruned.</summary>
public class DataDependentShapeTests
{
    [Theory]
    [InlineData("s = NonZero (x)", "float[5,4] x", "Int64[2,?]")]
    [InlineData("s = NonMaxSuppression (b, x)", "float[1,9,4] b, float[1,3,9] x", "Int64[?,3]")]
    [InlineData("s = Compress (x, c)", "float[5,4] x, bool[20] c", "Float[?]")]
    [InlineData("s = Compress <axis = -1> (x, c)", "float[5,4] x, bool[4] c", "Float[5,?]")]
    [InlineData("s, i, j, k = Unique <axis = 0> (x)", "float[5,4] x", "Float[?,4]")]
    [InlineData("q = SplitToSequence <axis = 1> (x, two) s = SequenceAt (q, zero)", "float[5,4] x", "Float[5,2]")]
    [InlineData("q = SplitToSequence <axis = 1> (x, three) s = SequenceAt (q, zero)", "float[5,4] x", "Float[5,?]")]
    [InlineData("q = SplitToSequence <axis = 1> (x, same) s = SequenceAt (q, zero)", "float[5,4] x", "Float[5,2]")]
    [InlineData("q = SplitToSequence <axis = 1, keepdims = 0> (x) s = SequenceAt (q, zero)", "float[5,4] x", "Float[5]")]
    [InlineData("q = SplitToSequence <axis = 1> (x, two) s = ConcatFromSequence <axis = 1> (q)", "float[5,4] x", "Float[5,?]")]
    [InlineData("q = SplitToSequence <axis = 1> (x, two) s = ConcatFromSequence <axis = 0, new_axis = 1> (q)", "float[5,4] x", "Float[?,5,2]")]
    [InlineData("q = SequenceConstruct (x, z) p = SequenceInsert (q, x) s = SequenceAt (p, zero)", "float[5,4] x, float[5,3] z", "Float[5,?]")]
    [InlineData("q = SequenceConstruct (x, x) p = SequenceErase (q, zero) s = SequenceLength (p)", "float[5,4] x", "Int64[]")]
    [InlineData("s = RandomNormalLike <dtype = 11> (x)", "float[5,4] x", "Double[5,4]")]
    [InlineData("s = RandomUniform <shape = [3, 2]> ()", "float[5,4] x", "Float[3,2]")]
    [InlineData("s = ReverseSequence (x, l)", "float[5,4] x, int64[4] l", "Float[5,4]")]
    [InlineData("u = custom.Mystery (x) s = Reshape (u, target)", "float[5,4] x", "Float[2,?,7]", false)]
    [InlineData("u = custom.Mystery (x) s = Gemm (u, weight)", "float[5,4] x", "Float[?,6]", false)]
    public void Only_the_size_that_depends_on_data_is_unknown(string nodes, string inputs, string expected, bool hasType = true)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17, "custom" : 1]> g ({{inputs}}) => (s)
            <int64 zero = {0}, int64 two = {2}, int64 three = {3}, int64[2] same = {2, 2}, int64[3] target = {2, -1, 7}, float[4,6] weight = normal 1> { {{nodes}} }
            """);

        string found = $"{analysis.Shapes[analysis.Graph.Outputs.Single()]}";
        Assert.Equal(hasType ? expected : expected[expected.IndexOf('[', StringComparison.Ordinal)..], hasType ? found : found[found.IndexOf('[', StringComparison.Ordinal)..]);
    }

    [Theory]
    [InlineData("n = NonZero (f) i = Squeeze (n, zero) p = Gather (x, i)")]
    [InlineData("n = NonZero (f) t = Transpose (n) p = GatherND (x, t)")]
    [InlineData("p = Compress <axis = 0> (x, f)")]
    [InlineData("p, i, j, k = Unique <axis = 0> (x)")]
    [InlineData("q = SplitToSequence (x, two) p = SequenceAt (q, first)")]
    [InlineData("q = SequenceConstruct (x, x) p = ConcatFromSequence <axis = 0> (q)")]
    [InlineData("q = custom.Mystery (x) p = Reshape (q, rows)")]
    public void Layers_behind_them_are_pruned(string nodes) => Assert.Contains(
        "a[1] (32) exact",
        Analysis.Groups($$"""
            <ir_version: 8, opset_import: ["" : 17, "custom" : 1]> g (float[P,10] x, bool[P] f) => (float[K,4] y)
            <int64[1] zero = {0}, int64 first = {0}, int64 two = {2}, int64[2] rows = {-1, 10}, float[10,32] a = normal 1, float[32] ab = normal 1, float[32,4] b = normal 1>
            { {{nodes}} h = Gemm (p, a, ab) r = Relu (h) y = MatMul (r, b) }
            """).Split('\n'));
}
