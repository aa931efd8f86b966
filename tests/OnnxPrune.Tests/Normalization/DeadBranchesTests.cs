using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Normalization;

/// <summary>What no output needs counts neither before nor after a cut.</summary>
public class DeadBranchesTests
{
    private const string Live = "h = Conv(x, w1)  y = Conv(h, w2)";

    [Theory]
    [InlineData("", "", "")]
    [InlineData("d = Conv(h, w3)", "float[8,6,1,1] w3 = normal 0.1", "1 node and 48 parameters (w3)")]
    [InlineData("d = Conv(h, w3)  e = Relu(d)  f = Conv(e, w4)", "float[8,6,1,1] w3 = normal 0.1, float[9,8,1,1] w4 = normal 0.1", "3 nodes and 120 parameters (w3, w4)")]
    [InlineData("", "float[8,6,1,1] w3 = normal 0.1", "depends on 48 parameters (w3)")]
    [InlineData("d = Identity(w3)", "float[8,6,1,1] w3 = normal 0.1", "depends on 48 parameters (w3)")]
    [InlineData("d = DequantizeLinear(w3, s)", "int8[8,6] w3 = normal 9, float s = {0.1}", "1 node and 48 parameters (w3)")]
    [InlineData("d = Mul(h, s)", "float s = {0.1}", "")]
    [InlineData(
        "d = If (c) <then_branch = t () => (float[N,8,8,8] a) { a = Conv(h, w3) }, else_branch = e () => (float[N,8,8,8] b) { b = Conv(h, w4) }>",
        "bool c = {1}, float[8,6,1,1] w3 = normal 0.1, float[8,6,1,1] w4 = normal 0.1",
        "1 node and 96 parameters (w3, w4)")]
    [InlineData("d = Conv(h, w3)  e = Conv(h, w4)  f = Conv(h, w5)  g = Conv(h, w6)", "float[1,6,1,1] w3 = normal 1, float[1,6,1,1] w4 = normal 1, float[1,6,1,1] w5 = normal 1, float[1,6,1,1] w6 = normal 1", "4 nodes and 24 parameters (w3, w4, w5 and 1 more)")]
    public void Dead_parameters_are_dropped_and_named(string dead, string weights, string said)
    {
        var (live, analysis) = (Analysis.Of(Model(Live, "")), Analysis.Of(Model(Live + "  " + dead, weights)));
        Assert.Equal(["Conv", "Conv"], analysis.Graph.Nodes.Select(n => n.OpType));
        Assert.Equal(live.Cost.Total(_ => null), analysis.Cost.Total(_ => null));
        Assert.Equal(live.Groups.Select(g => g.ToString()), analysis.Groups.Select(g => g.ToString()));
        var warnings = analysis.Warnings.Select(w => w.Message).ToList();
        if (said.Length == 0) Assert.Empty(warnings);
        else Assert.Contains(said, Assert.Single(warnings), StringComparison.Ordinal);
        Assert.All(analysis.Warnings, w => Assert.Equal(ErrorCodes.UnreadParameters, w.Code));
    }

    [Theory]
    [InlineData("a, b = Split <axis = 1> (h)  y = Conv(a, w2)", "float[4,3,1,1] w2 = normal 0.1", "Conv Split Conv")]
    [InlineData("y = If (c) <then_branch = t () => (float[N,6,8,8] a) { a = Relu(h) }, else_branch = e () => (float[N,6,8,8] b) { b = Neg(h) }>", "", "Conv Relu Neg Where")]
    public void What_an_output_needs_in_part_or_in_a_body_stays(string nodes, string weights, string kept)
    {
        var analysis = Analysis.Of(Model("h = Conv(x, w1)  " + nodes, weights, "bool c, "));
        Assert.Equal(kept.Split(' '), analysis.Graph.Nodes.Select(n => n.OpType));
        Assert.DoesNotContain(analysis.Warnings, w => w.Code == ErrorCodes.UnreadParameters && !w.Message.Contains("(w2)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dead_node_that_reads_an_unknown_name_is_refused() => Assert.Equal(
        ErrorCodes.MalformedGraph, Assert.Throws<OnnxPruneException>(() => Analysis.Of(Model(Live + " d = Relu(unknown)", ""))).Code);

    [Fact]
    public void Dead_nodes_of_a_body_go_with_what_they_read()
    {
        var analysis = Analysis.Of(Model(
            "h = Conv(x, w1)  y = If (c) <then_branch = t () => (float[N,6,8,8] a) { d = Conv(h, w3)  a = Relu(h) }, else_branch = e () => (float[N,6,8,8] b) { b = Neg(h) }>",
            "float[6,6,1,1] w3 = normal 0.1",
            "bool c, "));
        Assert.Equal(["Conv", "Relu", "Neg", "Where"], analysis.Graph.Nodes.Select(n => n.OpType));
        Assert.DoesNotContain(analysis.Graph.Values, v => v.Name == "w3");
    }

    private static string Model(string nodes, string weights, string inputs = "") => $$"""
        <ir_version: 8, opset_import: ["" : 13]>
        g ({{inputs}}float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[6,3,1,1] w1 = normal 0.1{{(weights.Contains(" w2 ", StringComparison.Ordinal) ? "" : ", float[4,6,1,1] w2 = normal 0.1")}}{{(weights.Length > 0 ? ", " : "")}}{{weights}}>
        { {{nodes}} }
        """;
}
