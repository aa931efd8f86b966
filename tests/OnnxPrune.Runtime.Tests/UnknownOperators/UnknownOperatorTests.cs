using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.UnknownOperators;

/// <summary>An operator that the compiler does not know, amid a convolutional network: everything around it is still pruned.</summary>
public class UnknownOperatorTests
{
    private const string Network = """
        <ir_version: 10, opset_import: ["" : 21, "com.microsoft" : 1, "example.functions" : 1]>
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[8,3,3,3] a = normal 0.3, float[8,8,3,3] b = normal 0.2, float[6,8,3,3] c = normal 0.2, float[4,6,1,1] d = normal 0.4,
         float[8] s = uniform 0.5 1.5, float[8] t = normal 0.1, int64[2] k = {2, 3}>
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
    [InlineData("com.microsoft.GridSample", "m, n = Split <axis = 1, num_outputs = 2> (x)  o = Transpose <perm = [0,2,3,1]> (m)  u = com.microsoft.GridSample (r, o)")]
    public void Everything_around_it_is_pruned_and_verified(string name, string nodes) =>
        Assert.Contains(name, PrunedAround(Text(nodes)).Single().Message, StringComparison.Ordinal);

    [Fact]
    public void An_operator_that_is_known_to_need_everything_gives_no_warning() =>
        Assert.Empty(PrunedAround(Text("m = Det (r)  n = Unsqueeze (m, k)  u = Add (r, n)")));

    [Fact]
    public void Two_nodes_of_one_unknown_operator_give_one_warning()
    {
        const string nodes = "m, n = Split <axis = 1, num_outputs = 2> (x)  o = Transpose <perm = [0,2,3,1]> (m)  f = com.microsoft.GridSample (r, o)  u = com.microsoft.GridSample (f, o)";
        Assert.Contains("and 1 more", PrunedAround(Text(nodes)).Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_the_model_is_pruned_like_what_it_stands_for() => Assert.Empty(PrunedAround(
        Text("u = example.functions.Swoosh (r)", """
            <domain: "example.functions", opset_import: ["" : 21]>
            Swoosh (x) => (y) { z = Sigmoid (x)  y = Mul (x, z) }
            """),
        "a[0]",
        "b[0]",
        "c[0]"));

    private static string Text(string nodes, string function = "") =>
        Network.Replace("UNKNOWN", nodes, StringComparison.Ordinal).Replace("FUNCTION", function, StringComparison.Ordinal);

    private static List<Diagnostic> PrunedAround(string text) => PrunedAround(text, "a[0]", "c[0]");

    // The layer before the last known one and the layer behind the unknown operator lose channels; what it touches does not.
    private static List<Diagnostic> PrunedAround(string text, params string[] groups)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));
        Assert.Equal(groups, analysis.Groups.Where(g => g.IsExact).Select(g => g.Id));
        var masks = RandomMasks.Of(analysis, 5);
        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
        var warnings = UnsupportedParts.Of(analysis);
        Assert.All(warnings, warning => Assert.Equal(ErrorCodes.UnknownOperator, warning.Code));
        return [.. warnings];
    }
}
