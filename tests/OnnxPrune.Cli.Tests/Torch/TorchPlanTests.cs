using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Torch;

/// <summary>A plan that PyTorch applies gives the network that OnnxPrune writes.</summary>
public sealed class TorchPlanTests : IDisposable
{
    private static readonly string Script = Path.Combine(RepositoryRoot.Path, "tests/OnnxPrune.Cli.Tests/Torch/networks.py");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TorchTheory]
    [InlineData("residual")]
    [InlineData("depthwise")]
    [InlineData("transformer")]
    [InlineData("transformer", "--allow", "approximate", "--granularity", "all")]
    public void PyTorch_computes_what_the_pruned_model_computes(string network, params string[] options) => Compare(network, options);

    [TorchTheory]
    [Trait("Category", "Long")]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void PyTorch_computes_what_a_pruned_model_of_torchvision_computes(string network) => Compare(network, []);

    // Names of nodes tell convolutions; the place in the state_dict tells the normalization that was folded into them.
    [TorchTheory]
    [InlineData("residual")]
    [InlineData("depthwise")]
    [InlineData("transformer", "--allow", "approximate", "--granularity", "all")]
    public void Other_weights_than_those_exported_are_cut_as_well(string network, params string[] options)
    {
        Export(network, options);

        Assert.DoesNotContain(" by values", Python.Run(Script, "apply", network, folder.Path, "1"), StringComparison.Ordinal);
    }

    [Fact]
    public Task The_file_for_LeNet_looks_as_approved()
    {
        string text = ExportLeNet();
        string plan = text[text.IndexOf("PLAN = {", StringComparison.Ordinal)..text.IndexOf("\n}\n", StringComparison.Ordinal)];

        return Verifier.Verify(plan.Replace(ToolVersion.Text, "OnnxPrune VERSION", StringComparison.Ordinal))
            .UseDirectory("../../../golden").UseFileName("export-plan-lenet");
    }

    [Fact]
    public void Names_of_the_user_come_first()
    {
        File.WriteAllText(folder.File("names.json"), """{ "conv1.weight": "stem.weight", "conv1.bias": null }""");

        string text = ExportLeNet("--names", folder.File("names.json"));

        Assert.Contains("\"torch\": \"stem.weight\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("conv1.bias", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "conv1.wieght": "stem.weight" }""", "OP2004", 2)]
    [InlineData("""[ "conv1.weight" ]""", "OP2001", 2)]
    public void Names_that_cannot_be_used_are_refused(string names, string code, int exitCode)
    {
        File.WriteAllText(folder.File("names.json"), names);
        string plan = Plan(TestModels.LeNet);

        string[] writing = ["--torch", "-o", folder.File("p.py"), "--names", folder.File("names.json")];
        Tool.Run(["export-plan", TestModels.LeNet, "--plan", plan, .. writing]).FailedWith(code, exitCode);
        Assert.False(File.Exists(folder.File("p.py")));
    }

    [Fact]
    public void A_recurrent_weight_is_refused()
    {
        string model = TestModels.Write(folder, "lstm.onnx", Zoo.Load("lstm_bi").Proto);
        string plan = Plan(model);

        Tool.Run("export-plan", model, "--plan", plan, "--torch", "-o", folder.File("p.py")).FailedWith("OP4008");
    }

    [Fact]
    public void What_to_write_must_be_said() =>
        Assert.Equal(2, Tool.Run("export-plan", TestModels.LeNet, "--plan", "plan.json", "-o", folder.File("p.py")).ExitCode);

    private void Compare(string network, string[] options)
    {
        Export(network, options);
        string report = Python.Run(Script, "apply", network, folder.Path, "0");

        Assert.DoesNotContain(" by order", report, StringComparison.Ordinal);
        float[] expected = RunPruned(network), actual = Floats("y.bin");
        Assert.Equal(expected.Length, actual.Length);
        float scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4 * scale));
    }

    private void Export(string network, string[] options)
    {
        Python.Run(Script, "export", network, folder.Path);
        string[] pruning = ["--budget", "macs=50%", "--calibration", "none", "--plan", folder.File("plan.json"), .. options];
        Tool.Run(["prune", folder.File("model.onnx"), "-o", folder.File("pruned.onnx"), .. pruning]).Succeeded();
        Tool.Run("export-plan", folder.File("model.onnx"), "--plan", folder.File("plan.json"), "--torch", "-o", folder.File("prune_plan.py")).Succeeded();
    }

    private string ExportLeNet(params string[] options)
    {
        Tool.Run(["export-plan", TestModels.LeNet, "--plan", Plan(TestModels.LeNet), "--torch", "-o", folder.File("prune_plan.py"), .. options]).Succeeded();
        return File.ReadAllText(folder.File("prune_plan.py"));
    }

    private string Plan(string model)
    {
        Assert.Equal(0, Tool.Run("plan", model, "-o", folder.File("plan.json"), "--budget", "macs=60%", "--calibration", "none").ExitCode);
        return folder.File("plan.json");
    }

    private float[] RunPruned(string network)
    {
        var model = ModelFile.Load(folder.File("pruned.onnx"));
        long[] dims = [.. model.Proto.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue)];
        var type = network == "transformer" ? TensorElementType.Int64 : TensorElementType.Float;
        using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
        var result = session.Run(new Dictionary<string, HostTensor> { ["x"] = new(type, dims, File.ReadAllBytes(folder.File("x.bin"))) });
        return [.. result[0].ToDoubles().Select(v => (float)v)];
    }

    private float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File(file))).ToArray();
}
