using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.CommandLines;

/// <summary>What is wrong is one line, which says what was probably meant.</summary>
public class MisspeltTests
{
    private const string Prune = "onnxprune prune net.onnx -o out.onnx ";

    [Theory]
    [InlineData("onnxprune prnue net.onnx", "there is no command 'prnue'; did you mean 'prune'?")]
    [InlineData("onnxprune PLAN", "there is no command 'PLAN'; did you mean 'plan'?")]
    [InlineData("onnxprune prune --critrion l2 net.onnx", "'onnxprune prune' has no option '--critrion'; did you mean '--criterion'?")]
    [InlineData("onnxprune prune net.onnx -o out.onnx --buget=macs=50%", "'onnxprune prune' has no option '--buget'; did you mean '--budget'?")]
    [InlineData("onnxprune inspect net.onnx --round-to 8", "'onnxprune inspect' has no option '--round-to'; it is an option of 'prune', 'plan'")]
    [InlineData("onnxprune inspect net.onnx --colour never", "'onnxprune inspect' has no option '--colour'; did you mean '--color'?")]
    [InlineData("onnxprune eval net.onnx --zzz", "'onnxprune eval' has no option '--zzz'; 'onnxprune eval --help' lists its options")]
    [InlineData("onnxprune inspect", "MODEL is missing: The ONNX model.")]
    [InlineData("onnxprune inspect a.onnx b.onnx", "'b.onnx' is one argument too many; 'onnxprune inspect' takes MODEL and options")]
    [InlineData("onnxprune inspect a.onnx --output", "--output needs a value: FILE")]
    [InlineData("onnxprune inspect a.onnx -o x -o y", "--output is given 2 times; give it once")]
    [InlineData("onnxprune inspect a.onnx --format tabel", "--format: 'tabel' is not one of table, json, dot, html; did you mean 'table'?")]
    [InlineData("onnxprune completion bsh", "SHELL: 'bsh' is not one of bash, zsh, pwsh; did you mean 'bash'?")]
    [InlineData("onnxprune eval net.onnx --data x.npy", "--labels is missing; give --labels Y.npy")]
    [InlineData("onnxprune inspect @none.rsp", "Response file not found 'none.rsp'; an argument that begins with '@' names a response file")]
    public void A_line_and_its_cure(string line, string message)
    {
        string error = Understood.Error(line);

        if (message.Contains("; it is an option of", StringComparison.Ordinal)) Assert.StartsWith(message, error, StringComparison.Ordinal);
        else Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("--criterion l22", "did you mean 'l2'?")]
    [InlineData("--criterion BN-scale", "did you mean 'bn-scale'?")]
    [InlineData("--granularity heads,chanels", "did you mean 'channels'?")]
    [InlineData("--recover obs,bais", "did you mean 'bias'?")]
    [InlineData("--budget mac=50%", "did you mean 'macs='?")]
    [InlineData("--scope globl", "did you mean 'global'?")]
    [InlineData("--verbosity diag", "did you mean 'diagnostic'?")]
    public void A_word_of_a_closed_list(string option, string question)
    {
        string budget = option.StartsWith("--budget", StringComparison.Ordinal) ? "" : "--budget macs=50% ";

        Assert.EndsWith("; " + question, Understood.Error(Prune + budget + option), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnxprune prune", "MODEL --output --budget")]
    [InlineData("onnxprune prune net.onnx", "--output --budget")]
    [InlineData("onnxprune apply -o out.onnx", "MODEL --plan")]
    [InlineData("onnxprune verify", "MODEL OUT --plan")]
    public void Everything_that_is_missing_is_named_at_once(string line, string missing) => Assert.Equal(
        missing, string.Join(' ', Understood.Errors(line).Select(error => error.Message.Split(" is missing")[0])));

    [Fact]
    public void A_share_that_is_too_large_is_no_slip_of_the_fingers() =>
        Assert.DoesNotContain("did you mean", Understood.Error(Prune + "--budget macs=150%"), StringComparison.Ordinal);

    [Fact]
    public void What_follows_two_dashes_is_no_option() => Assert.Empty(Understood.Errors("onnxprune inspect -- -strange.onnx"));

    [Theory]
    [InlineData("prnue", "prune")]
    [InlineData("aply", "apply")]
    [InlineData("banana", null)]
    [InlineData("x", null)]
    public void Only_what_is_near_is_guessed(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Closest(word, ["prune", "plan", "apply"]));
}
