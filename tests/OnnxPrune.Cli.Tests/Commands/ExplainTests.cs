using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // A residual network, attention, a reshape that meets a concatenation, outputs, and an operator that nobody knows.
    [Theory]
    [InlineData("cifar_option_a", "/Pad", "input[1]", "b.0.0.weight[0]")]
    [InlineData("gpt2_small", "/b.0/at/MatMul", "/b.0/at/Add")]
    [InlineData("shufflenet_v2_x1_0", "/stage2/stage2.0/Reshape", "/stage2/stage2.0/Concat_2_output_0")]
    public Task An_explanation_looks_as_approved(string model, params string[] names)
    {
        TestModels.Write(folder, $"{model}.onnx", Zoo.LoadTopology(model).Proto);

        return Approved($"explain-{model}", [.. names.Select(name => Explain($"{model}.onnx", name, "--top", "12"))]);
    }

    [Fact]
    public Task A_residual_network_is_explained_as_approved()
    {
        string[] names = ["conv1.weight[0]", "fc.weight", "conv1.weight[1]"];

        return Approved(
            "explain-resnet20",
            [.. names.Select(name => Tool.Run("inspect", TestModels.ResNet, "--explain", name, "--top", "12").Succeeded().Output)]);
    }

    [Fact]
    public Task A_model_with_an_unknown_operator_is_explained_as_approved()
    {
        TestModels.Small(folder);

        string[] names = ["side_weight[0]", "side", "head_weight[1]", "hidden_weight[1]", "a"];

        return Approved("explain-small", [.. names.Select(name => Explain("small.onnx", name))]);
    }

    [Theory]
    [InlineData("conv1.wieght[0]", "'conv1.weight[0]'")]
    [InlineData("conv1.weight[4]", "it has 4")]
    [InlineData("nothing like it", "similar names are")]
    public void A_name_that_is_not_there_is_answered_with_the_nearest(string name, string hint)
    {
        var result = Tool.Run("inspect", TestModels.LeNet, "--explain", name);

        result.FailedWith("OP2004", exitCode: 2);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_is_no_drawing() =>
        Tool.Run("inspect", TestModels.LeNet, "--explain", "conv1.weight", "--format", "dot").FailedWith("OP2001", exitCode: 2);

    private string Explain(string model, string name, params string[] options) =>
        Tool.Run(["inspect", folder.File(model), "--explain", name, .. options]).Succeeded().Output;

    private static Task Approved(string name, IReadOnlyList<string> texts) =>
        Verifier.Verify(string.Join('\n', texts)).UseDirectory("../../../golden").UseFileName(name);
}
