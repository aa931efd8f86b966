using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CustomOperators;

/// <summary>A model with an operator that neither the compiler nor the runtime knows: without a rule, and with one.</summary>
public sealed class CustomOperatorTests : IDisposable
{
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17, "vendor" : 1]>
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,1,1] a = normal 0.4, float[8,8,1,1] b = normal 0.4, float[4,8,1,1] c = normal 0.4>
        { h = Conv (x, a)  r = Relu (h)  i = Conv (r, b)  s = vendor.Act <channels = 8> (i)  y = Conv (s, c) }
        """;

    private const string Rule = """
        { "operators": [{ "domain": "vendor", "type": "Act", "coupling": "n c ... -> n c ...", "zeros": "all", "attributes": { "channels": "c" } }] }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_rule_its_neighbours_keep_their_channels_and_the_rest_is_proved()
    {
        var result = Prune(Network.Replace("float[4,8,1,1] c", "float[N,8,6,6] s, float[4,8,1,1] c", StringComparison.Ordinal));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(" : warning OP3001: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("verified", result.Json.GetProperty("verification").GetProperty("verdict").GetString());
        Assert.Equal("Act s", Assert.Single(result.Json.GetProperty("verification").GetProperty("notExecuted").EnumerateArray()).GetString());
        Assert.Equal("a[0]", string.Join(' ', Cut(result)));
    }

    [Fact]
    public void Without_its_shape_the_rest_is_proved_where_the_layer_behind_it_gives_the_rank()
    {
        var result = Prune(Network);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("Act s", Assert.Single(result.Json.GetProperty("verification").GetProperty("notExecuted").EnumerateArray()).GetString());
        Assert.Equal("a[0]", string.Join(' ', Cut(result)));
    }

    [Fact]
    public void With_a_rule_its_channels_leave_and_its_attribute_follows()
    {
        string rules = folder.File("rules.json");
        File.WriteAllText(rules, Rule);
        var result = Prune(Network, "--operators", rules, "--plan", folder.File("plan.json"));
        result.Succeeded();
        Assert.Equal("a[0] b[0]", string.Join(' ', Cut(result)));
        var node = ModelFile.Load(folder.File("out.onnx")).Proto.Graph.Node.Single(n => n.OpType == "Act");
        Assert.Equal(4, node.Attribute.Single().I);

        string applied = folder.File("applied.onnx");
        Tool.Run("apply", folder.File("net.onnx"), "--plan", folder.File("plan.json"), "-o", applied, "--operators", rules).Succeeded();
        Assert.Equal(File.ReadAllBytes(folder.File("out.onnx")), File.ReadAllBytes(applied));
        string text = Tool.Run("verify", folder.File("net.onnx"), applied, "--plan", folder.File("plan.json"), "--operators", rules).Succeeded().Output;
        Assert.Contains("; not executed: Act s", text, StringComparison.Ordinal);
    }

    [CompilerFact]
    public void With_its_library_the_operator_runs_in_the_verification()
    {
        string rules = folder.File("rules.json"), library = folder.File("libvendor.so");
        File.WriteAllText(rules, Rule);
        VendorLibrary.Compile(library);
        var verification = Prune(Network, "--operators", rules, "--custom-ops", library).Succeeded().Json.GetProperty("verification");
        Assert.Equal("verified", verification.GetProperty("verdict").GetString());
        Assert.Empty(verification.GetProperty("notExecuted").EnumerateArray());
        Tool.Run("bench", folder.File("net.onnx"), folder.File("out.onnx"), "--custom-ops", library, "--runs", "6").Succeeded();
    }

    [Theory]
    [InlineData("normalize", "s = Act(i) channels")]
    [InlineData("shapes", "s: Float[5|3|7,8,6,6]")]
    [InlineData("layouts", "Conv: 5|3|7 3 6 6, a 3 1 1 -> 5|3|7 a 6 6")]
    [InlineData("zeros", "b[0]: exact")]
    [InlineData("groups", "b[0]: 8 channels on b[0] c[1]")]
    [InlineData("cost", "Conv h: 864 MACs, 24 parameters")]
    public void Every_stage_can_be_printed(string stage, string line)
    {
        string rules = folder.File("rules.json");
        File.WriteAllText(rules, Rule);
        string model = TestModels.Write(folder, "net.onnx", Network);
        string text = Tool.Run("inspect", model, "--operators", rules, "--dump", stage).Succeeded().Output;
        Assert.Contains(line, text.Split('\n'));
    }

    private ToolResult Prune(string network, params string[] options) => Tool.Run(
        ["prune", TestModels.Write(folder, "net.onnx", network), "-o", folder.File("out.onnx"), "--budget", "channels=50%", "--calibration", "none", "--scope", "local", "--json", .. options]);

    private static IEnumerable<string?> Cut(ToolResult result) => result.Json.GetProperty("groups").EnumerateArray()
        .Where(g => g.GetProperty("kept").GetInt32() < g.GetProperty("size").GetInt32()).Select(g => g.GetProperty("id").GetString());
}
