using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.CustomOperators;

/// <summary>
/// Operators of others with rules: the networks around them are pruned and verified piece by piece, and where the operator is one that ONNX
/// Runtime has under another name, the rule is compared with what execution says.
/// </summary>
public class OperatorRuleTests
{
    // Quant(x, scale, zero point, bit width) of QONNX, on activations and on weights.
    private const string Quant = """
        {
          "type": "Quant", "domain": "qonnx.custom_op.general",
          "coupling": "..., [...], [...], [...] -> ...",
          "zeros": "all", "zeroInputs": [0], "keepsValues": [1, 2, 3]
        }
        """;

    private const string Plugin = """
        {
          "type": "PoolingPlugin", "domain": "vendor",
          "coupling": "n c H W -> n c P Q",
          "outputs": [{ "shape": ["n", "c", "(H - size) / stride + 1", "(W - size) / stride + 1"] }],
          "zeros": "all",
          "attributes": { "channels": "c" }
        }
        """;

    private const string Dense = """
        {
          "type": "Dense", "domain": "vendor",
          "coupling": "n ~ i, o i, o? -> n ~ o",
          "outputs": [{ "shape": ["n", "8", "o"] }],
          "zeros": "all", "zeroInputs": [1, 2],
          "attributes": { "units": "o", "bytes": "4 * o * i" },
          "inputs": { "3": ["o", "i * 2"] },
          "macs": ["n*o*i*8"]
        }
        """;

    [Fact]
    public void Quantisers_of_QONNX_are_pruned_on_activations_and_weights()
    {
        var result = Pruned(Quant, """
            <ir_version: 8, opset_import: ["" : 17, "qonnx.custom_op.general" : 1]>
            g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[8,3,3,3] a = normal 0.3, float[8,1,1,1] as = uniform 0.5 1.5, float[4,8,1,1] b = normal 0.4, float one = {0.1}, float zero = {0}, float bits = {4},
             float[1,8,1,1] rs = uniform 0.5 1.5>
            {
                aq = qonnx.custom_op.general.Quant <signed = 1> (a, as, zero, bits)
                h = Conv <pads = [1,1,1,1]> (x, aq)
                r = Relu (h)
                rq = qonnx.custom_op.general.Quant <signed = 0> (r, rs, zero, bits)
                bq = qonnx.custom_op.general.Quant <signed = 1> (b, one, zero, bits)
                y = Conv (rq, bq)
            }
            """);
        Assert.Equal("8", string.Join(' ', result.Analysis.Groups.Select(g => g.Size)));
        Assert.Equal(["4,3,3,3", "4,1,1,1", "4,4,1,1", "1,4,1,1"], new[] { "a", "as", "b", "rs" }.Select(result.Dims));
        Assert.Equal(3, result.Report.NotExecuted.Count);
        Assert.Contains("3 Quant", result.Report.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_with_a_window_and_an_attribute_is_pruned()
    {
        var result = Pruned(Plugin, """
            <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
            g (float[N,3,9,9] x) => (float[N,4,4,4] y)
            <float[8,3,1,1] a = normal 0.3, float[4,8,1,1] b = normal 0.4>
            { h = Conv (x, a)  p = vendor.PoolingPlugin <size = 3, stride = 2, channels = 8> (h)  y = Conv (p, b) }
            """);
        Assert.Equal(4, Attribute(result, "channels"));
        Assert.Equal("PoolingPlugin p", Assert.Single(result.Report.NotExecuted));
    }

    [Fact]
    public void Sizes_attributes_and_MACs_follow_a_cut()
    {
        var result = Pruned(Dense, """
            <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
            g (float[N,8,6] x) => (float[N,8,4] y)
            <float[10,6] w = normal 0.4, float[10] c = normal 0.4, int64[2] s = {10, 12}, float[10,4] v = normal 0.4>
            { h = vendor.Dense <units = 10, bytes = 240> (x, w, c, s)  r = Relu (h)  y = MatMul (r, v) }
            """);
        Assert.Equal(("5,6", "5"), (result.Dims("w"), result.Dims("c")));
        Assert.Equal((5, 120), (Attribute(result, "units"), Attribute(result, "bytes")));
        var dense = result.Pruned.Proto.Graph.Node.Single(n => n.OpType == "Dense");
        Assert.Equal([5, 12], Tensors.Doubles(result.Pruned.Proto.Graph.Initializer.Single(t => t.Name == dense.Input[3])).Select(v => (long)v));
        Assert.Equal((10 * 6 * 8) + (8 * 10 * 4), result.Analysis.Cost.Total(_ => null).Macs);
    }

    // The rule says what Relu does, under a name that the runtime does not have; renamed to Relu, everything is executed.
    [Theory]
    [InlineData("all", "Relu", Verdict.Verified)]
    [InlineData("never", "Sigmoid", Verdict.Verified)]
    public void A_custom_activation_is_pruned_and_the_renamed_model_is_proved(string zeros, string twin, Verdict verdict)
    {
        string rule = $$"""{ "type": "Act", "domain": "vendor", "coupling": "... -> ...", "zeros": "{{zeros}}" }""";
        var result = Pruned(rule, """
            <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
            g (float[N,5] x) => (float[N,4] y)
            <float[5,8] a = normal 0.4, float[8,4] b = normal 0.4>
            { h = MatMul (x, a)  r = vendor.Act (h)  y = MatMul (r, b) }
            """);
        Assert.Equal("5,4", result.Dims("a"));
        var cut = result.Cut.Of(Analyse(Renamed(result.Analysis.Source.Proto, twin), OperatorSet.Default));
        var report = Verifier.Verify(new OnnxModel(Renamed(result.Pruned.Proto, twin)), cut, ExecutionProvider.Cpu);
        Assert.Equal(verdict, report.Verdict);
        Assert.Empty(report.NotExecuted);
    }

    [Fact]
    public void A_wrong_cut_around_a_node_that_is_not_executed_fails()
    {
        var result = Pruned(Plugin, """
            <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
            g (float[N,3,9,9] x) => (float[N,4,4,4] y)
            <float[8,3,1,1] a = normal 0.3, float[4,8,1,1] b = normal 0.4>
            { h = Conv (x, a)  p = vendor.PoolingPlugin <size = 3, stride = 2, channels = 8> (h)  y = Conv (p, b) }
            """);
        foreach (string name in new[] { "a", "b" })
        {
            var wrong = result.Pruned.Proto.Clone();
            var tensor = wrong.Graph.Initializer.Single(t => t.Name == name);
            double[] values = Tensors.Doubles(tensor);
            Array.Reverse(values);
            wrong.Graph.Initializer[wrong.Graph.Initializer.IndexOf(tensor)] = Tensors.Make(name, ElementType.Float, tensor.Dims, values);
            Assert.Equal(Verdict.Failed, Verifier.Verify(new OnnxModel(wrong), result.Cut, ExecutionProvider.Cpu).Verdict);
        }
    }

    [Fact]
    public void A_library_that_is_missing_is_one_error()
    {
        var provider = ExecutionProvider.Cpu with { CustomOps = ["none.so"] };
        var error = Assert.Throws<OnnxPruneException>(
            () => ModelSession.Load(ModelFile.Load(RepositoryRoot.Model("lenet-mnist.onnx")), provider));
        Assert.Equal((ErrorCodes.CustomOperatorsUnavailable, "none.so"), (error.Code, error.File));
    }

    private static CustomResult Pruned(string rule, string model)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rules.json"), $$"""{ "operators": [{{rule}}] }""");
        var analysis = Analyse(OnnxText.Parse(model), OperatorRules.SetOf(folder.File("rules.json")));
        Assert.Empty(analysis.Warnings);
        var cut = Cut.Of(analysis, analysis.Groups.Where(g => g.IsExact).ToDictionary(g => g, g => Every(g.Size)));
        Assert.False(cut.IsEmpty);
        var pruned = Rewriter.Prune(cut);
        var report = Verifier.Verify(pruned, cut, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}");
        return new CustomResult(analysis, cut, pruned, report);
    }

    private static ModelAnalysis Analyse(ModelProto model, OperatorSet operators) => ModelAnalysis.Run(new OnnxModel(model), operators: operators);

    private static bool[] Every(int size) => [.. Enumerable.Range(0, size).Select(i => i % 2 == 1)];

    private static ModelProto Renamed(ModelProto model, string twin)
    {
        var copy = model.Clone();
        foreach (var node in copy.Graph.Node.Where(n => n.OpType == "Act")) (node.OpType, node.Domain) = (twin, "");
        return copy;
    }

    private static long Attribute(CustomResult result, string name) =>
        result.Pruned.Proto.Graph.Node.SelectMany(n => n.Attribute).Single(a => a.Name == name).I;

    private sealed record CustomResult(ModelAnalysis Analysis, Cut Cut, OnnxModel Pruned, VerificationReport Report)
    {
        public string Dims(string name) => string.Join(',', Pruned.Proto.Graph.Initializer.Single(t => t.Name == name).Dims);
    }
}
