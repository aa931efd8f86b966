using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Operators;

/// <summary>Rule files: what they may say, what is refused, and what an operator set does with them.</summary>
public sealed class OperatorRulesTests : IDisposable
{
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17, "vendor" : 2]>
        g (float[N,3] x) => (float[N,4] y)
        <float[3,6] w = normal 1, float[6,4] u = normal 1>
        { h = MatMul (x, w)  r = vendor.Act (h)  y = MatMul (r, u) }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_rule_the_operator_is_pinned_with_a_warning()
    {
        var analysis = Analysis(OperatorSet.Default);
        Assert.Empty(analysis.Groups);
        Assert.Equal(ErrorCodes.UnknownOperator, Assert.Single(analysis.Warnings).Code);
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("never", true)]
    public void With_a_rule_its_channels_are_pruned(string zeros, bool exact)
    {
        var analysis = Analysis(Rules($$"""{ "operators": [{ "domain": "vendor", "type": "Act", "coupling": "... -> ...", "zeros": "{{zeros}}" }] }"""));
        Assert.Empty(analysis.Warnings);
        Assert.Equal(exact, Assert.Single(analysis.Groups).IsExact);
    }

    [Fact]
    public void A_rule_for_a_later_opset_does_not_hold() => Assert.Empty(Analysis(
        Rules("""{ "operators": [{ "domain": "vendor", "type": "Act", "coupling": "... -> ...", "since": 3 }] }""")).Groups);

    [Fact]
    public void A_rule_counts_before_the_default_one()
    {
        var rules = Rules("""{ "operators": [{ "type": "Relu", "coupling": "~ -> ~", "outputs": [{ "shape": ["..."] }] }] }""");
        Assert.IsType<DeclaredOperator>(rules.Find(new Node(0, new Onnx.NodeProto { OpType = "Relu" }, 17)));
        Assert.Equal("Relu", Assert.Single(rules.Added).OpType);
        Assert.NotNull(rules.Find(new Node(0, new Onnx.NodeProto { OpType = "Conv" }, 17)));
    }

    [Theory]
    [InlineData("", "not a rule file")]
    [InlineData("[]", "not a rule file")]
    [InlineData("{}", "operators")]
    [InlineData("""{ "operators": [{ "type": "A" }] }""", "coupling")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n c" }] }""", "->")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n -> n", "zeros": "some" }] }""", "zeros")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n -> n", "attributes": { "k": "n +" } }] }""", "n +")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n -> n", "outputs": [{ "type": "flaot" }] }] }""", "flaot")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n -> n", "inputs": { "one": ["n"] } }] }""", "one")]
    [InlineData("""{ "operators": [{ "type": "A", "coupling": "n -> n", "colour": "red" }] }""", "colour")]
    public void What_is_not_a_rule_file_is_refused_with_the_reason(string text, string reason)
    {
        var error = Assert.Throws<OnnxPruneException>(() => Rules(text));
        Assert.Equal(ErrorCodes.InvalidOperatorRules, error.Code);
        Assert.Equal(folder.File("rules.json"), error.File);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_cannot_be_read() =>
        Assert.Equal(ErrorCodes.FileNotReadable, Assert.Throws<OnnxPruneException>(() => OperatorRules.SetOf(folder.File("none.json"))).Code);

    private OperatorSet Rules(string text)
    {
        File.WriteAllText(folder.File("rules.json"), text);
        return OperatorRules.SetOf(folder.File("rules.json"));
    }

    private static ModelAnalysis Analysis(OperatorSet operators) =>
        ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Network)), operators: operators);
}
