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
        <float[8,3,3,3] a = normal 0.3, float[8,8,3,3] b = normal 0.2, float[6,8,3,3] c = normal 0.2, float[4,6,1,1] d = normal 0.4>
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
    [InlineData("QuickGelu")]
    [InlineData("FastGelu")]
    [InlineData("Gelu")]
    public void Everything_around_it_is_pruned_and_verified(string op) => PrunedAround(With($"u = com.microsoft.{op} (r)"), $"com.microsoft.{op}");

    [Fact]
    public void Two_nodes_of_one_unknown_operator_give_one_warning()
    {
        var warning = PrunedAround(With("f = com.microsoft.QuickGelu (r)  u = com.microsoft.QuickGelu (f)"), "com.microsoft.QuickGelu");

        Assert.Contains("and 1 more", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_the_model_is_no_obstacle()
    {
        var analysis = Analyse(With("u = example.functions.Swoosh (r)", """
            <domain: "example.functions", opset_import: ["" : 21]>
            Swoosh (x) => (y) { z = Sigmoid (x)  y = Mul (x, z) }
            """));

        Assert.Empty(analysis.Warnings);
        Assert.Equal(["a[0]", "b[0]", "c[0]"], analysis.Groups.Where(g => g.IsExact).Select(g => g.Id));
        IsVerified(analysis);
    }

    private static string With(string nodes, string function = "") =>
        Network.Replace("UNKNOWN", nodes, StringComparison.Ordinal).Replace("FUNCTION", function, StringComparison.Ordinal);

    private static ModelAnalysis Analyse(string text) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));

    // The layer before the last known one and the layer behind the unknown operator lose channels; what it touches does not.
    private static Diagnostic PrunedAround(string text, string name)
    {
        var analysis = Analyse(text);
        var warning = Assert.Single(analysis.Warnings, w => w.Code == ErrorCodes.UnknownOperator);
        Assert.Contains(name, warning.Message, StringComparison.Ordinal);
        Assert.Equal(["a[0]", "c[0]"], analysis.Groups.Where(g => g.IsExact).Select(g => g.Id));
        IsVerified(analysis);
        return warning;
    }

    private static void IsVerified(ModelAnalysis analysis)
    {
        var masks = RandomMasks.Of(analysis, 5);
        var report = Verifier.Verify(analysis, Rewriter.Prune(analysis, masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
    }
}
