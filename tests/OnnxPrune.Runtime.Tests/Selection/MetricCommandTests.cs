using System.Diagnostics;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Selection;

/// <summary>Commands of the user's, here those of a POSIX shell.</summary>
public class MetricCommandTests
{
    private static readonly OnnxModel Small = new(OnnxText.Parse("g (float[2] x) => (float[2] y) { y = Relu (x) }"));

    [Theory]
    [InlineData("echo {model} > /dev/null; echo epoch 3: top1 0.75", 0.75)]
    [InlineData("test -s {model} && printf '1\\n-2.5e-1 %%'", -0.25)]
    [InlineData("echo {model} > /dev/null; echo .5; echo 100 >&2", 0.5)]
    public void The_last_number_counts(string command, double number)
    {
        if (!OperatingSystem.IsWindows()) Assert.Equal(number, Measure(command));
    }

    [Theory]
    [InlineData("echo 0.5; test -d {model}", "exited with code 1")]
    [InlineData("echo {model} > /dev/null; echo none", "did not print a number")]
    public void A_failure_says_how(string command, string how)
    {
        if (OperatingSystem.IsWindows()) return;
        var failure = Assert.Throws<OnnxPruneException>(() => Measure(command));
        Assert.Equal(ErrorCodes.MetricFailed, failure.Code);
        Assert.Contains(how, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_a_place_for_the_model_is_refused() =>
        Assert.Equal(ErrorCodes.InvalidOption, Assert.Throws<OnnxPruneException>(() => MetricCommand.Parse("measure")).Code);

    [Fact]
    public void Cancellation_ends_the_command_and_what_it_started()
    {
        if (OperatingSystem.IsWindows()) return;
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => MetricCommand.Parse("test -s {model}; sleep 60; echo 1").Measure(Small, source.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    private static double Measure(string command) => MetricCommand.Parse(command).Measure(Small, CancellationToken.None);
}
