using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OnnxPrune.Cli.Configuration;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

public partial class ConfigSchemaTests
{
    private const string Name = "docs/config.schema.json";

    private static JsonNode Schema => JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, Name)))!;

    [Fact]
    public void The_schema_is_that_of_the_commands() => GeneratedDocument.Check(Name, ConfigSchema.Text());

    [Fact]
    public void Every_example_of_the_documents_conforms_and_is_understood()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/command-line.md")).ReplaceLineEndings("\n");
        var examples = Example().Matches(document).Select(m => m.Groups["text"].Value).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, text => Assert.Empty(SchemaCheck.Violations(Schema, JsonNode.Parse(text))));
        Assert.All(examples, text => Assert.Empty(Understood.Errors(Configured(text))));
    }

    [Theory]
    [InlineData("""{ "plan": "p.json", "dim": { "batch": 1 }, "include": "conv*" }""")]
    [InlineData("""{ "plan": { "output": "p.json", "include": ["a", "b"] }, "maxSparsity": "80%", "recover": ["bn", "obs"] }""")]
    public void What_is_a_configuration_conforms(string text) => Assert.Empty(SchemaCheck.Violations(Schema, JsonNode.Parse(text)));

    [Theory]
    [InlineData("""{ "bugdet": "macs=50%" }""")]
    [InlineData("""{ "roundTo": "8" }""")]
    [InlineData("""{ "scope": "globl" }""")]
    [InlineData("""{ "inspect": { "seed": 1 } }""")]
    [InlineData("""{ "plan": 1 }""")]
    [InlineData("""{ "dim": { "batch": 0 } }""")]
    public void What_is_none_does_not(string text) => Assert.NotEmpty(SchemaCheck.Violations(Schema, JsonNode.Parse(text)));

    private static string[] Configured(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("onnxprune.json"), text);
        string[] args = ["prune", "net.onnx", "-o", "out.onnx", "--config", folder.File("onnxprune.json")];
        return ConfiguredArguments.Of(Understood.Root, args, Understood.Root.Parse(args)).Arguments;
    }

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
