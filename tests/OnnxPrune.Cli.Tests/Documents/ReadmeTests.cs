using System.Text.RegularExpressions;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

public sealed partial class ReadmeTests : IDisposable
{
    private const string Launcher = "dotnet run --project src/OnnxPrune.Cli -c Release -- ";
    private const string Output = "artifacts/resnet20-half.onnx";

    private readonly TemporaryFolder folder = new();

    private static string Readme => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_first_command_prints_what_the_readme_shows()
    {
        string command = Readme.Split('\n').Single(line => line.StartsWith(Launcher, StringComparison.Ordinal))[Launcher.Length..];
        string output = folder.File("half.onnx");
        var result = Tool.Run(command.Split(' ').Select(word => word == Output ? output : word).ToArray());
        Assert.Equal(0, result.ExitCode);
        string shown = Shown().Match(Readme).Groups["text"].Value;
        string printed = result.Output.ReplaceLineEndings("\n").Replace(output, Output, StringComparison.Ordinal);
        Assert.Equal(Comparable(shown), Comparable(printed));
        Assert.InRange(Points(printed), Points(shown) - 2, Points(shown) + 2);
    }

    public void Dispose() => folder.Dispose();

    // What is learned from data depends on how the processor rounds: which of two like channels stays, and the last digits of weights; and latency is
    // whatever the machine does just then.
    private static string Comparable(string text) =>
        string.Join('\n', Figures().Replace(text.Trim(), "worst error # and power # in").Split('\n').Select(Stable));

    private static string Stable(string line)
    {
        if (line.StartsWith("| latency", StringComparison.Ordinal)) return "| latency";
        if (line.StartsWith("| ", StringComparison.Ordinal)) return string.Join('|', line.Split('|').Take(3));
        if (line.StartsWith("latency on cpu, threads 1: ", StringComparison.Ordinal)) return "latency";
        return line.StartsWith("calibrated", StringComparison.Ordinal) ? line.Split(':')[0] : line;
    }

    private static double Points(string text) =>
        double.Parse(Lost().Match(text).Groups["points"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- prune-output -->\n```\n(?<text>.*?)```\n<!-- /prune-output -->", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex("worst error [^ ]+ and power [^ ]+ in")]
    private static partial Regex Figures();

    [GeneratedRegex(@"(?<points>[-+][0-9.]+) points")]
    private static partial Regex Lost();
}
