using Google.Protobuf;
using Onnx;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Every failure is one line with its code, and leaves no file behind.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => folder.File("out.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file() => PruneFails(folder.File("none.onnx"), "OP1001");

    [Fact]
    public void A_missing_file_in_a_process_of_its_own()
    {
        var result = Tool.RunProcess("prune", folder.File("none.onnx"), "-o", Out, "--budget", "macs=50%", "--calibration", "none");

        result.FailedWith("OP1001");
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void A_text_file() => PruneFails("docs/errors.md", "OP1002");

    [Fact]
    public void A_truncated_model() => PruneFails(Written(File.ReadAllBytes(RepositoryRoot.Model("lenet-mnist.onnx"))[..100_000]), "OP1002");

    [Fact]
    public void An_empty_file() => PruneFails(Written([]), "OP1002");

    [Fact]
    public void A_model_without_a_graph() => PruneFails(Written(new ModelProto { IrVersion = 8 }.ToByteArray()), "OP1003");

    [Fact]
    public void Missing_external_data()
    {
        var model = TestModels.Read(TestModels.Small(folder));
        var tensor = model.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "gone.bin" });

        PruneFails(TestModels.Write(folder, "external.onnx", model), "OP1004");
    }

    [Fact]
    public void A_cyclic_graph() =>
        PruneFails(TestModels.Write(folder, "cyclic.onnx", "g (float[2] x) => (float[2] y) { y = Add (x, z) z = Relu (y) }"), "OP1005");

    [Fact]
    public void A_value_that_nothing_computes() =>
        PruneFails(TestModels.Write(folder, "malformed.onnx", "g (float[2] x) => (float[2] y) { y = Add (x, z) }"), "OP1006");

    [Fact]
    public void Nothing_to_prune() =>
        PruneFails(TestModels.Write(folder, "relu.onnx", "g (float[2] x) => (float[2] y) { y = Relu (x) }"), "OP4001");

    [Fact]
    public void A_budget_out_of_reach() => PruneFails(TestModels.LeNet, "OP4002", "--budget", "macs=50%", "--calibration", "none", "--max-sparsity", "10%");

    [Fact]
    public void A_budget_out_of_reach_says_how_far_pruning_goes_and_what_would_help()
    {
        var result = Tool.Run("prune", TestModels.Small(folder), "-o", Out, "--budget", "params=3%", "--calibration", "none", "--min-channels", "2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(" : error OP4002: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
        Assert.Contains("remain at least; not prunable are among others stem_weight[1] (graph input)", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "hidden_weight[1] (LayerNormalization norm: normalises over this axis, only approximate)", result.Error, StringComparison.Ordinal);
        Assert.Contains("or try --allow approximate (down to ", result.Error, StringComparison.Ordinal);
        Assert.Contains("a lower --min-channels (down to ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_that_nothing_depends_on() => PruneFails(
        TestModels.Write(folder, "off.onnx", """
            g (float[N,3,8,8] x) => (float[N,2,8,8] y)
            <float[6,3,1,1] a = normal 0.5, float[2,6,1,1] b = normal 0.5, float off = {0}>
            { p = Conv (x, a)  q = Conv (p, b)  y = Mul (q, off) }
            """),
        "OP5002");

    [Fact]
    public void A_missing_provider() => PruneFails(TestModels.LeNet, "OP6002", "--budget", "macs=50%", "--calibration", "none", "--provider", "cuda:99");

    [Fact]
    public void A_rule_file_that_is_none()
    {
        File.WriteAllText(folder.File("rules.json"), "{}");
        PruneFails(TestModels.LeNet, "OP2005", "--budget", "macs=50%", "--calibration", "none", "--operators", folder.File("rules.json"));
    }

    [Fact]
    public void A_library_of_operators_that_is_missing() =>
        PruneFails(TestModels.LeNet, "OP6005", "--budget", "macs=50%", "--calibration", "none", "--custom-ops", folder.File("none.so"));

    [Fact]
    public void A_plan_for_another_structure()
    {
        string plan = folder.File("plan.json");
        Assert.Equal(0, Tool.Run("plan", TestModels.Small(folder), "-o", plan, "--budget", "params=80%", "--calibration", "none").ExitCode);

        Tool.Run("apply", TestModels.LeNet, "--plan", plan, "-o", Out).FailedWith("OP4004");
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void A_file_that_is_no_plan()
    {
        Tool.Run("apply", TestModels.LeNet, "--plan", "docs/errors.md", "-o", Out).FailedWith("OP4003");
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void An_output_that_cannot_be_written()
    {
        string file = Written([1]);

        Tool.Run("prune", TestModels.LeNet, "-o", Path.Combine(file, "out.onnx"), "--budget", "macs=50%", "--calibration", "none", "--no-verify").FailedWith("OP1007");
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_read_only_folder()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) return;
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Tool.Run("prune", TestModels.LeNet, "-o", Out, "--budget", "macs=50%", "--calibration", "none", "--no-verify").FailedWith("OP1007");

        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_report_that_cannot_be_written_takes_the_model_and_the_plan_back()
    {
        string report = Path.Combine(RepositoryRoot.Model("lenet-mnist.onnx"), "report.json");

        Tool.Run("prune", TestModels.LeNet, "-o", Out, "--plan", folder.File("plan.json"), "--budget", "macs=50%", "--calibration", "none", "--no-verify", "--report", report)
            .FailedWith("OP1007");

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private void PruneFails(string model, string code, params string[] options)
    {
        if (options.Length == 0) options = ["--budget", "macs=50%", "--calibration", "none"];
        var before = Directory.EnumerateFileSystemEntries(folder.Path).ToList();

        var result = Tool.Run(["prune", model, "-o", Out, .. options]);

        result.FailedWith(code);
        Assert.Equal("", result.Output);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private string Written(byte[] content)
    {
        File.WriteAllBytes(folder.File("broken.onnx"), content);
        return folder.File("broken.onnx");
    }
}
