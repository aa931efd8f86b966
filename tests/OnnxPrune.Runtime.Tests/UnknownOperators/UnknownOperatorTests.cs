using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Tests.UnknownOperators;

/// <summary>An operator that the compiler does not know, amid a convolutional network: everything around it is still pruned.</summary>
public class UnknownOperatorTests
{
    private const string Network = """
        <ir_version: 10, opset_import: ["" : 21, "com.microsoft" : 1, "example.functions" : 1]>
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[8,3,3,3] a = normal 0.3, float[8,8,3,3] b = normal 0.2, float[6,8,3,3] c = normal 0.2, float[4,6,1,1] d = normal 0.4,
         float[8] s = uniform 0.5 1.5, float[8] t = normal 0.1, int64[1] k = {8}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)
            q = Relu (p)
            r = Conv <pads = [1,1,1,1]> (q, b)
            UNKNOWN
            v = Conv <pads = [1,1,1,1]> (u, c)
            w = Relu (v)
            y = Conv (w, d)
        }
        FUNCTION
        """;

    [Theory]
    [InlineData("GroupNormalization", "u = GroupNormalization <num_groups = 2> (r, s, t)")]
    [InlineData("Einsum", "u = Einsum <equation = \"nchw->nchw\"> (r)")]
    [InlineData("com.microsoft.QuickGelu", "u = com.microsoft.QuickGelu <alpha = 1.0> (r)")]
    [InlineData("Det", "m = Det (r)  n = Unsqueeze (m, k2)  u = Add (r, n)")]
    public void Everything_around_it_is_pruned_and_verified(string name, string nodes) => PrunedAround(name, Network.Replace("UNKNOWN", nodes, StringComparison.Ordinal).Replace("int64[1] k = {8}", "int64[2] k2 = {2, 3}", StringComparison.Ordinal).Replace("FUNCTION", "", StringComparison.Ordinal));

    [Fact]
    public void Everything_around_a_function_of_the_model_is_pruned_and_verified() => PrunedAround("example.functions.Swoosh", Network.Replace("UNKNOWN", "u = example.functions.Swoosh (r)", StringComparison.Ordinal).Replace("FUNCTION", """
        <domain: "example.functions", opset_import: ["" : 21]>
        Swoosh (x) => (y) { z = Sigmoid (x)  y = Mul (x, z) }
        """, StringComparison.Ordinal));

    [Fact]
    public void Two_nodes_of_one_unknown_operator_give_one_warning()
    {
        string nodes = "f = Einsum <equation = \"nchw->nchw\"> (r)  u = Einsum <equation = \"nchw->nchw\"> (f)";
        var warning = PrunedAround("Einsum", Network.Replace("UNKNOWN", nodes, StringComparison.Ordinal).Replace("FUNCTION", "", StringComparison.Ordinal));

        Assert.Contains("and 1 more", warning.Message, StringComparison.Ordinal);
    }

    // The layer before the last known one and the layer behind the unknown operator lose channels; what it touches does not.
    private static Diagnostic PrunedAround(string name, string text)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));
        var warning = Assert.Single(analysis.Warnings, w => w.Code == ErrorCodes.UnknownOperator);
        Assert.Contains(name, warning.Message, StringComparison.Ordinal);
        Assert.Equal(["a[0]", "c[0]"], analysis.Groups.Where(g => g.IsExact).Select(g => g.Id));
        var masks = RandomMasks.Of(analysis, 5);
        var report = Verifier.Verify(analysis, Rewriter.Prune(analysis, masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
        return warning;
    }
}
