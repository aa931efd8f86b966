using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

public class GraphReaderTests
{
    [Theory]
    [InlineData("g (float[2] x) => (float[2] y) { a = Add(x, b) b = Relu(a) y = Relu(b) }")]
    [InlineData("g (float[2] x) => (float[2] y) { y = Add(x, y) }")]
    public void A_cycle_is_refused(string text) => Assert.Equal(ErrorCodes.CyclicGraph, Code(text));

    [Theory]
    [InlineData("g (float[2] x) => (float[2] y) { y = Relu(x) y = Abs(x) }")]
    [InlineData("g (float[2] x) => (float[2] y) { x = Relu(x) y = Abs(x) }")]
    [InlineData("g (float[2] x, float[2] x) => (float[2] y) { y = Abs(x) }")]
    [InlineData("g (float[2] x) => (float[2] y) <float[2] w = {1, 2}, float[1] w = {1}> { y = Add(x, w) }")]
    [InlineData("g (float[2] x) => (float[2] y) <float[2] y = {1, 2}> { y = Relu(x) }")]
    [InlineData("g (float[2] x) => (float[2] y) { y = Add(x, nothing) }")]
    [InlineData("g (float[2] x) => (float[2] z) { y = Relu(x) }")]
    public void Names_that_do_not_resolve_are_refused(string text) => Assert.Equal(ErrorCodes.MalformedGraph, Code(text));

    [Fact]
    public void Nodes_may_stand_in_any_order()
    {
        var graph = Analysis.Of("g (float[2] x) => (float[2] y) { y = Neg(b) b = Abs(a) a = Relu(x) }").Graph;
        Assert.Equal(["Relu", "Abs", "Neg"], graph.Nodes.Select(n => n.OpType));
    }

    [Fact]
    public void Nodes_in_order_keep_it()
    {
        var graph = Analysis.Of("g (float[2] x) => (float[2] y) { b = Neg(x) a = Abs(x) c = Sin(b) y = Add(a, c) }").Graph;
        Assert.Equal(["Neg", "Abs", "Sin", "Add"], graph.Nodes.Select(n => n.OpType));
    }

    [Fact]
    public void A_vector_has_a_value_per_use_and_a_matrix_one_for_all()
    {
        var graph = Analysis.Of("""
            g (float[2,3] x) => (float[2,3] y) <float[3] v = {1, 2, 3}, float[2,3] w = normal 1>
            { a = Add(x, v) b = Mul(a, v) c = Add(b, w) y = Mul(c, w) }
            """).Graph;
        Assert.Equal(2, graph.Initializers.Count(v => v.Name == "v"));
        Assert.Single(graph.Initializers, v => v.Name == "w");
    }

    private static string Code(string text) => Assert.Throws<OnnxPruneException>(() => Analysis.Of(text)).Code;
}
