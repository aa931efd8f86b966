using OnnxPrune.Cli.Completion;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.CommandLines;

public class CompleterTests
{
    [Theory]
    [InlineData("onnxprune pr", "prune")]
    [InlineData("onnxprune help ver", "verify")]
    [InlineData("onnxprune prune --crit", "--criterion")]
    [InlineData("onnxprune prune --criterion=l", "--criterion=l1 --criterion=l2 --criterion=lamp --criterion=linf")]
    [InlineData("onnxprune prune --criterion fi", "file:")]
    [InlineData("onnxprune prune net.onnx --scope ", "global local dp search")]
    [InlineData("onnxprune prune net.onnx --recover bias,", "bias,bn bias,ls bias,obs")]
    [InlineData("onnxprune prune net.onnx --recover=o", "--recover=obs")]
    [InlineData("onnxprune prune net.onnx --calibration ", ":files synthetic none")]
    [InlineData("onnxprune prune ", ":files")]
    [InlineData("onnxprune prune \"my net.onnx\" --output ", ":files")]
    [InlineData("onnxprune completion ", "bash zsh pwsh")]
    [InlineData("onnxprune prune net.onnx --round-to ", "")]
    [InlineData("onnxprune -v min", "minimal")]
    public void A_line_goes_on(string line, string words) => Assert.Equal(words, string.Join(' ', Complete(line)));

    [Fact]
    public void Every_command_and_every_option_is_offered()
    {
        Assert.Equal(Understood.Commands.Keys, Complete("onnxprune ").Where(w => w[0] != '-'));
        Assert.All(Understood.Commands.Values, command =>
            Assert.Equal(CommandTree.Options(command).Select(o => o.Name), Complete($"onnxprune {command.Name} -")));
    }

    [Fact]
    public void An_option_that_was_given_is_not_offered_again_unless_it_may_be_repeated()
    {
        var offered = Complete("onnxprune prune net.onnx --seed 1 --include a --").ToList();

        Assert.DoesNotContain("--seed", offered);
        Assert.Contains("--include", offered);
    }

    [Fact]
    public void Candidates_come_with_what_they_do()
    {
        var candidate = Assert.Single(Completer.Complete(Understood.Root, "onnxprune apply a b --no-v"));

        Assert.Equal("--no-verify\tWrite the model without verifying it.", candidate.Line);
    }

    private static IEnumerable<string> Complete(string line) => Completer.Complete(Understood.Root, line).Select(c => c.Text);
}
