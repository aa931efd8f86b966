using OnnxPrune.Diagnostics;
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

    public static TheoryData<string> Kinds => [.. DataDependentModels.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Layers_behind_sizes_that_depend_on_data_are_pruned(string kind)
    {
        var analysis = Analysis.Of(DataDependentModels.Text(kind));
        Assert.Equal(DataDependentModels.GroupsOf(kind), string.Join(", ", analysis.Groups.Where(g => g.IsExact)));
        Assert.DoesNotContain(analysis.Warnings, w => w.Code != ErrorCodes.UnreadParameters);
        Assert.NotEmpty(analysis.Uncounted);
    }

    // The number of rows is even, or the model does not run: the symbol of the size has other numbers than its own.
    [Fact]
    public void A_size_that_depends_on_data_may_have_to_be_divisible()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 17]> g (float[P,10] x, bool[P] m) => (float[K,6] y)
            <int64[2] rows = {-1, 96}, float[10,32] a = normal 1, float[96,6] b = normal 1>
            { p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  r = Relu (h)  v = Reshape (r, rows)  y = MatMul (v, b) }
            """);
        Assert.Empty(analysis.Warnings);
        Assert.Equal("a[1] (32)", $"{Assert.Single(analysis.Groups)}");
    }

    // Nothing fits: three rows, and rows that fill four. What today is pruned is pruned where sizes have no numbers.
    [Fact]
    public void A_size_without_numbers_that_fit_is_unknown()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 17]> g (float[P,10] x, bool[P] m, float[3,6] z) => (float[K,6] y)
            <int64[2] rows = {-1, 77}, float[10,33] a = normal 1, float[77,6] b = normal 1, float[6,16] c = normal 1, float[16,6] d = normal 1>
            { p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  r = Reshape (h, rows)  k = MatMul (r, b)  i = MatMul (k, c)  s = Relu (i)  y = MatMul (s, d) }
            """);
        Assert.Empty(analysis.Warnings);
        Assert.Contains("c[1] (16)", analysis.Groups.Select(g => $"{g}"));
    }

    [Fact]
    public void No_symbol_of_such_a_size_is_one_that_users_name()
    {
        var analysis = Analysis.Of("g (float[P,10] x, bool[P] m) => (float[K,10] y) { p = Compress <axis = 0> (x, m)  y = Relu (p) }");
        Assert.Equal(["P"], analysis.Shapes.Valuation.AllSymbols);
        Assert.True(analysis.Shapes[analysis.Graph.Outputs.Single()].Shape![0].DependsOnData);
        Assert.Equal("?", $"{analysis.Shapes[analysis.Graph.Outputs.Single()].Shape![0]}");
    }

    [Theory]
    [InlineData("p = Compress <axis = 0> (x, m)  q = Compress <axis = 0> (x, n)", "two conditions")]
    [InlineData("s = SplitToSequence (x, parts)  p = SequenceAt (s, i)  q = SequenceAt (s, j)", "two elements of a sequence")]
    [InlineData("p = Compress <axis = 0> (x, m)  q = Concat <axis = 0> (p, x)", "a size and a sum with it")]
    [InlineData("p = Compress <axis = 0> (x, m)  q = Slice (p, start, end)", "a size and a part of it")]
    [InlineData("k = NonZero (m)  t = Transpose (k)  p = GatherND (x, t)  q = Neg (x)", "a size and that of the input")]
    [InlineData("p, u, v, w = Unique <axis = 0> (x)  q = Gather (x, v)", "distinct values and what they are made of")]
    public void Two_sizes_that_may_differ_differ(string nodes, string why)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]> g (float[P,10] x, bool[P] m, bool[P] n, int64 i, int64 j) => (p, q)
            <int64[2] parts = {2, 3}, int64[1] start = {0}, int64[1] end = {300}> { {{nodes}} }
            """);
        var sizes = analysis.Graph.Outputs.Select(o => analysis.Shapes[o].Shape![0]).ToList();
        Assert.False(sizes[0].Same(sizes[1]), why);
        Assert.DoesNotContain(sizes, size => size.IsConcrete);
    }
}
