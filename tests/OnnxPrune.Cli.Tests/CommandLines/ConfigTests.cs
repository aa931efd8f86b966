using OnnxPrune.Cli.Configuration;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CommandLines;

public sealed class ConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Config => folder.File("onnxprune.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Options_of_the_file_are_options_of_the_command_and_paths_are_relative_to_the_file()
    {
        var args = Configured(
            """
            {
              // for all commands
              "$schema": "docs/config.schema.json",
              "budget": "macs=50%", "maxSparsity": 0.8, "roundTo": 8, "noVerify": true,
              "include": ["conv*", "fc"], "granularity": ["heads", "channels"], "dim": { "batch": 1, "width": 64 },
              "criterion": "file:scores.npz", "calibration": "images", "recover": "none",
              "format": "json",
            }
            """,
            "prune", "net.onnx", "-o", "out.onnx");

        string[] added =
        [
            "--budget=macs=50%", "--max-sparsity=0.8", "--round-to=8", "--no-verify=true", "--include=conv*", "--include=fc",
            "--granularity=heads,channels", "--dim=batch=1", "--dim=width=64",
            $"--criterion=file:{folder.File("scores.npz")}", $"--calibration={folder.File("images")}", "--recover=none",
        ];
        Assert.Equal(["prune", "net.onnx", "-o", "out.onnx", "--config", Config, .. added], args);
        Assert.Empty(Understood.Errors(args));
    }

    [Fact]
    public void A_section_is_for_its_command_and_goes_before_what_is_for_all()
    {
        const string Text = """{ "criterion": "l1", "plan": { "criterion": "l2", "output": "p.json" }, "prune": { "plan": "q.json" } }""";

        Assert.Equal(["--criterion=l2", $"--output={folder.File("p.json")}"], Configured(Text, "plan", "net.onnx")[4..]);
        Assert.Equal([$"--plan={folder.File("q.json")}", "--criterion=l1"], Configured(Text, "prune", "net.onnx")[4..]);
    }

    [Fact]
    public void The_command_line_wins()
    {
        const string Text = """{ "criterion": "l1", "include": ["a", "b"], "json": true, "quiet": true }""";

        Assert.Equal(["--quiet=true"], Configured(Text, "plan", "net.onnx", "--criterion", "l2", "--include", "c", "--json", "false")[10..]);
        Assert.Equal(["--criterion=l1"], Configured(Text, "plan", "net.onnx", "--include=c", "--json", "--verbosity=minimal")[7..]);
    }

    [Fact]
    public void What_follows_two_dashes_stays_last()
    {
        string[] args = ["inspect", "--config", Written("""{ "format": "dot" }"""), "--", "net.onnx"];
        var configured = ConfiguredArguments.Of(Understood.Root, args, Understood.Root.Parse(args));

        Assert.Equal([.. args[..3], "--format=dot", .. args[3..]], configured.Arguments);
    }

    [Theory]
    [InlineData("{ \"budget\": \"macs=50%\",\n  \"critrion\": \"l2\" }", 2, "no command has an option 'critrion'; did you mean 'criterion'?")]
    [InlineData("{ \"inspect\": {\n\n \"fromat\": \"dot\" } }", 3, "'inspect' has no option 'fromat'; did you mean 'format'?")]
    [InlineData("{ \"inspect\": { \"seed\": 1 } }", 1, "'inspect' has no option 'seed'; keys are the names of options in camelCase, such as maxSparsity")]
    [InlineData("{ \"prnue\": {} }", 1, "no command has an option 'prnue'; did you mean 'prune'?")]
    [InlineData("{ \"config\": \"other.json\" }", 1, "no command has an option 'config'")]
    [InlineData("{\n\"seed\": \"0\" }", 2, "'seed' must be a whole number, not \"0\"")]
    [InlineData("{ \"seed\": 0.5 }", 1, "'seed' must be a whole number, not 0.5")]
    [InlineData("{ \"json\": \"yes\" }", 1, "'json' must be true or false, not \"yes\"")]
    [InlineData("{ \"budget\": [\"macs=50%\"] }", 1, "'budget' must be text, not [\"macs=50%\"]")]
    [InlineData("{ \"include\": [1] }", 1, "'include' must be text, or an array of texts, not [1]")]
    [InlineData("{ \"dim\": { \"batch\": \"1\" } }", 1, "'dim' must be an object of whole numbers")]
    [InlineData("{ \"maxSparsity\": true }", 1, "'maxSparsity' must be a number, or text such as \"80%\", not true")]
    [InlineData("{ \"seed\": 1,\n\"seed\": 2 }", 2, "'seed' is already set in line 1; remove one of them")]
    [InlineData("[]", 1, "a configuration file must contain a JSON object of options")]
    [InlineData("{ \"seed\": 1\n", 2, "invalid JSON: ")]
    [InlineData("", 1, "invalid JSON: ")]
    public void A_file_that_cannot_be_used(string text, int line, string message)
    {
        var failure = Assert.Throws<OnnxPruneException>(() => Configured(text, "prune", "net.onnx"));

        Assert.Equal(("OP2003", $"{Config}({line})"), (failure.Code, failure.File));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_cannot_be_used_is_reported_with_its_line()
    {
        Written("{\n  \"budget\": \"macs=50%\",\n  \"criterion\": \"l22\"\n}");

        var result = Tool.Run("prune", TestModels.LeNet, "-o", folder.File("out.onnx"), "--config", Config);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{Config}(3) : error OP2003: --criterion: 'l22' is not one of ", result.Error, StringComparison.Ordinal);
        Assert.Contains("; did you mean 'l2'?\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file() => Tool.Run("inspect", TestModels.LeNet, "--config", folder.File("none.json")).FailedWith("OP2003", exitCode: 2);

    [Fact]
    public void A_model_is_pruned_as_the_file_says()
    {
        string[] args = ["plan", Path.Combine(RepositoryRoot.Path, TestModels.LeNet), "--json", "--config", "sub/onnxprune.json"];
        Directory.CreateDirectory(folder.File("sub"));
        File.WriteAllText(folder.File("sub/onnxprune.json"), """{ "plan": { "output": "plan.json" }, "budget": "macs=60%", "criterion": "l1" }""");

        var report = Tool.RunIn(folder.Path, args).Succeeded().Json;

        Assert.Equal("l1", report.GetProperty("options").GetProperty("criterion").GetString());
        Assert.Equal("macs=60%", report.GetProperty("options").GetProperty("budget").GetString());
        Assert.True(File.Exists(folder.File("sub/plan.json")));
    }

    private string Written(string text)
    {
        File.WriteAllText(Config, text);
        return Config;
    }

    private string[] Configured(string text, params string[] args)
    {
        string[] all = [.. args, "--config", Written(text)];
        return ConfiguredArguments.Of(Understood.Root, all, Understood.Root.Parse(all)).Arguments;
    }
}
