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
    [InlineData("Relu", "Tanh", "differs from Relu")]
    [InlineData("r = Relu (i)", "r0 = Relu (i)  r = Relu (r0)", "its nodes differ")]
    [InlineData("pads = [1,1,1,1]> (h", "auto_pad = \"SAME_UPPER\"> (h", "differs from Conv")]
    [InlineData("Relu (i)", "Relu (h)", "reads 'h' instead of 'i'")]
    [InlineData("(x, a, c)", "(x, a)", "instead of 'c'")]
    [InlineData("float[6,3,3,3] a", "float[6,3,3,3] a2 = normal 1, float[6,3,1,1] a", "a has shape [6,3,1,1] instead of [6,3,3,3]")]
    [InlineData("float[6] c = normal 1", "float16[6] c = normal 1", "c has a different type")]
    [InlineData("{-1, 216}", "{1, 216}", "z has different elements")]
    [InlineData("(float[N,3,6,6] x)", "(float[N,3,6,7] x)", "its inputs or outputs differ")]
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
