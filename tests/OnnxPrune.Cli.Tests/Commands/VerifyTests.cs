using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

[Collection(PrunedLeNetTests.Name)]
public sealed class VerifyTests(PrunedLeNet pruned) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_prune_wrote_is_verified()
    {
        var result = Tool.RunProcess("verify", TestModels.LeNet, pruned.Model, "--plan", pruned.Plan).Succeeded();

        Assert.Matches(
            @": cut verified on cpu: the pruned model computes what the original computes with the removed channels zeroed "
                + @"\(\d runs, largest difference (below )?0[0-9.]*% of the tolerance\)\n$",
            result.Output);
        Assert.StartsWith($"{pruned.Model}: cut verified", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Detailed_output_has_the_figures()
    {
        var result = Tool.Run("verify", TestModels.LeNet, pruned.Model, "--plan", pruned.Plan, "--verbosity", "detailed");

        Assert.Matches(@"\nverification, in units of the tolerance: largest error [0-9.e-]+, power [0-9,.]+\n$", result.Output);
    }

    [Fact]
    public void A_changed_weight_is_seen()
    {
        Tampering.ChangeWeight(pruned.Model, folder.File("changed.onnx"));

        var result = Tool.Run("verify", TestModels.LeNet, folder.File("changed.onnx"), "--plan", pruned.Plan, "--json");

        result.FailedWith("OP5001");
        Assert.EndsWith(
            "; prune the model again, or add --recovered if its weights were recovered or trained\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("failed", result.Json.GetProperty("verification").GetProperty("verdict").GetString());
    }

    [Fact]
    public void Weights_that_were_trained_after_the_cut_are_accepted_on_demand_and_another_cut_is_not()
    {
        Tampering.ChangeWeight(pruned.Model, folder.File("changed.onnx"));

        var result = Tool.Run("verify", TestModels.LeNet, folder.File("changed.onnx"), "--plan", pruned.Plan, "--recovered").Succeeded();

        Assert.Contains(": cut verified on cpu: ", result.Output, StringComparison.Ordinal);
        Tool.Run("verify", TestModels.LeNet, TestModels.LeNet, "--plan", pruned.Plan, "--recovered").FailedWith("OP5001");
    }

    [Fact]
    public void Exchanged_channels_are_seen()
    {
        Tampering.ExchangeChannels(pruned.Model, folder.File("exchanged.onnx"));

        Tool.Run("verify", TestModels.LeNet, folder.File("exchanged.onnx"), "--plan", pruned.Plan).FailedWith("OP5001");
    }

    [Fact]
    public void The_original_in_place_of_the_result_is_seen() =>
        Tool.RunProcess("verify", TestModels.LeNet, TestModels.LeNet, "--plan", pruned.Plan).FailedWith("OP5001");
}
