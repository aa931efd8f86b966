using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Curves per group: measured, shown, kept in a file, and used from it.</summary>
public sealed class SensitivityTests : IDisposable
{
    private static readonly string[] Data = ["--calibration", "synthetic", "--samples", "64", "--no-cache"];

    private readonly TemporaryFolder folder = new();
    private readonly string model;

    // The second hidden layer is all but unused: its weights to the output are tiny.
    public SensitivityTests() => model = TestModels.Write(folder, "mlp.onnx", """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,16] x) => (float[N,4] y)
        <float[16,12] a = normal 0.3, float[12,4] b = normal 0.3, float[16,8] c = normal 0.3, float[8,4] d = normal 0.001>
        { p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)  s = MatMul (x, c)  t = Relu (s)  u = MatMul (t, d)  y = Add (r, u) }
        """);

    private string Curves => folder.File("curves.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("obs")]
    [InlineData("distortion")]
    public void The_group_that_the_outputs_need_comes_first(string criterion)
    {
        string output = Tool.Run(["sensitivity", model, "--criterion", criterion, .. Data]).Succeeded().Output;

        var rows = output.Split('\n')
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 3 && cells[1].Contains('[', StringComparison.Ordinal));
        Assert.Equal(["a[1]", "c[1]"], rows.Select(cells => cells[1].Trim()));
        Assert.All(output, c => Assert.InRange(c, '\n', '~'));
    }

    [Fact]
    public void Curves_from_a_file_decide_like_those_just_measured()
    {
        string[] Prune(string output, params string[] by) =>
            ["prune", model, "-o", folder.File(output), "--budget", "macs=50%", "--scope", "dp", "--recover", "none", .. by];

        Tool.Run(["sensitivity", model, "-o", Curves, "--report", folder.File("curves.html"), .. Data]).Succeeded();
        Tool.Run(Prune("file.onnx", "--sensitivity", Curves)).Succeeded();
        Tool.Run(Prune("measured.onnx", ["--criterion", "obs", .. Data])).Succeeded();

        Assert.Equal(File.ReadAllBytes(folder.File("measured.onnx")), File.ReadAllBytes(folder.File("file.onnx")));
        Assert.Contains("Relative squared error of the outputs", File.ReadAllText(folder.File("curves.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_from_curves_says_so_and_recovers_on_the_same_data()
    {
        Tool.Run(["sensitivity", model, "-o", Curves, .. Data]).Succeeded();

        var report = Tool.Run(["prune", model, "-o", folder.File("out.onnx"), "--budget", "macs=50%", "--sensitivity", Curves, "--json", .. Data])
            .Succeeded().Json;

        Assert.Equal($"curves:{Curves}", report.GetProperty("options").GetProperty("criterion").GetString());
        Assert.Equal("verified", report.GetProperty("verification").GetProperty("verdict").GetString());
        Assert.Equal("auto", report.GetProperty("options").GetProperty("recover").GetString());
    }

    [Fact]
    public void Curves_of_another_model_other_weights_or_other_data_are_refused()
    {
        Tool.Run(["sensitivity", TestModels.LeNet, "-o", Curves, .. Data]).Succeeded();
        var otherWeights = TestModels.Read(RepositoryRoot.Model("lenet-mnist.onnx"));
        var bytes = otherWeights.Graph.Initializer.First(t => t.Dims.Count == 4).RawData.ToByteArray();
        bytes[0] ^= 1;
        otherWeights.Graph.Initializer.First(t => t.Dims.Count == 4).RawData = Google.Protobuf.ByteString.CopyFrom(bytes);
        string[] options = ["-o", folder.File("out.onnx"), "--budget", "macs=50%", "--sensitivity", Curves];

        Tool.Run(["prune", model, .. options]).FailedWith("OP4004");
        Tool.Run(["prune", TestModels.Write(folder, "other.onnx", otherWeights), .. options]).FailedWith("OP4005");
        Tool.Run(["prune", TestModels.LeNet, .. options, "--calibration", "synthetic", "--samples", "32", "--no-cache"]).FailedWith("OP2002");
        Assert.False(File.Exists(folder.File("out.onnx")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("text")]
    [InlineData("{\"curves\": {\"groups\": []}}")]
    public void A_file_that_holds_no_curves(string content)
    {
        File.WriteAllText(Curves, content);

        Tool.Run("prune", model, "-o", folder.File("out.onnx"), "--budget", "macs=50%", "--sensitivity", Curves).FailedWith("OP2002");
    }

    [Fact]
    public void Groups_are_chosen_by_name_and_written_for_spreadsheets()
    {
        string[] lines = Tool.RunProcess(["sensitivity", model, "--groups", "c", "--format", "csv", .. Data]).Succeeded().Output.TrimEnd('\n').Split('\n');

        Assert.Equal("group,kind,channels,removed,error", lines[0]);
        Assert.Equal(1 + 9, lines.Length);
        Assert.All(lines[1..], (line, k) => Assert.StartsWith($"c[1],channels,8,{k},", line, StringComparison.Ordinal));
        Tool.Run(["sensitivity", model, "--groups", "none", .. Data]).FailedWith("OP4001");
    }

    [Theory]
    [InlineData("--criterion l2", "'l2' does not measure the outputs")]
    [InlineData("--format pdf", "'pdf' is not one of table, json, csv, html")]
    public void A_value_that_cannot_be_used_is_wrong_usage(string options, string message)
    {
        var result = Tool.Run(["sensitivity", model, .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
