using OnnxPrune.Model;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary>Recovery may change weights and add biases; everything else is another model.</summary>
public class RecoveredStructureTests
{
    private const string Text = """
        g (float[N,3,6,6] x) => (float[N,4] y)
        <float[6,3,3,3] a = normal 0.5, float[6] c = normal 1, float[6,6,3,3] e = normal 1, int64[2] z = {-1, 216}, float[216,4] b = normal 0.5>
        { h = Conv <pads = [1,1,1,1]> (x, a, c)  i = Conv <pads = [1,1,1,1]> (h, e)  r = Relu (i)  f = Reshape (r, z)  y = MatMul (f, b) }
        """;

    [Theory]
    [InlineData("g (", "other (", null)]
    [InlineData("a = normal 0.5", "a = normal 2", null)]
    [InlineData("(h, e)", "(h, e, c)", null)]
    [InlineData("Relu", "Tanh", "is another node than Relu")]
    [InlineData("r = Relu (i)", "r0 = Relu (i)  r = Relu (r0)", "it has other nodes")]
    [InlineData("pads = [1,1,1,1]> (h", "auto_pad = \"SAME_UPPER\"> (h", "is another node than Conv")]
    [InlineData("Relu (i)", "Relu (h)", "reads 'h' in place of 'i'")]
    [InlineData("(x, a, c)", "(x, a)", "in place of 'c'")]
    [InlineData("float[6,3,3,3] a", "float[6,3,3,3] a2 = normal 1, float[6,3,1,1] a", "a has shape [6,3,1,1] in place of [6,3,3,3]")]
    [InlineData("float[6] c = normal 1", "float16[6] c = normal 1", "c is of another type")]
    [InlineData("{-1, 216}", "{1, 216}", "z has other elements")]
    [InlineData("(float[N,3,6,6] x)", "(float[N,3,6,7] x)", "it has other inputs or outputs")]
    public void What_differs_is_named(string before, string after, string? difference)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);
        string? found = RecoveredStructure.Difference(Of(Text), Of(Text.Replace(before, after, StringComparison.Ordinal)));
        if (difference is null) Assert.Null(found);
        else Assert.Contains(difference, found, StringComparison.Ordinal);
    }

    private static OnnxModel Of(string text)
    {
        var model = OnnxText.Parse(text);
        foreach (var node in model.Graph.Node) node.Name = node.Output[0];
        return new OnnxModel(model);
    }
}
