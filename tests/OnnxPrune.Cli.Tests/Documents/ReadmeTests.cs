using System.Text.RegularExpressions;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>The output that README.md and docs/guide.md show is the output of the program.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Launcher = "dotnet run --project src/OnnxPrune.Cli -c Release -- ";
    private const string Output = "artifacts/resnet20-half.onnx";

    private readonly TemporaryFolder folder = new();

    private static string Readme => Text("README.md");

    private static string ShownOutput => Shown().Match(Readme).Groups["text"].Value;

    [Fact]
    public void The_first_command_prints_what_the_readme_shows()
    {
        string command = Readme.Split('\n').Single(line => line.StartsWith(Launcher, StringComparison.Ordinal))[Launcher.Length..];
        string output = folder.File("half.onnx");

        var result = Tool.Run(command.Split(' ').Select(word => word == Output ? output : word).ToArray());

        Assert.Equal(0, result.ExitCode);
        string printed = result.Output.ReplaceLineEndings("\n").Replace(output, Output, StringComparison.Ordinal);
        Assert.Equal(Comparable(ShownOutput), Comparable(printed));
        Assert.InRange(Points(printed), Points(ShownOutput) - 2, Points(ShownOutput) + 2);
    }

    [Fact]
    public void The_guide_shows_the_verdict_of_the_readme()
    {
        string verdict = ShownOutput.Split('\n').Single(line => line.StartsWith(Output, StringComparison.Ordinal))[(Output.Length + 2)..];

        Assert.Contains($"\n    {verdict}\n", Text("docs/guide.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| latency | 1.14 ms | 0.8073 ms | 70.9% |", "| latency   |  9.8 ms | 12.0 ms  |  120.9% |")]
    [InlineData("| MACs | 40.8 M | 20.3 M | 49.8% |", "|  MACs | 40.8 M | 20.1 M | 49.3% |")]
    [InlineData("+---+\n| a | 1 |", "+-------+\n| a    | 1 |")]
    public void Times_rounding_and_widths_do_not_matter(string shown, string printed) => Assert.Equal(Comparable(shown), Comparable(printed));

    [Theory]
    [InlineData("| MACs | 40.8 M | 20.3 M | 49.8% |", "| MACs | 40.9 M | 20.3 M | 49.8% |")]
    [InlineData("| MACs | 40.8 M | 20.3 M | 49.8% |", "| MACs | 40.8 M | 20.3 M |")]
    [InlineData("a.onnx: cut verified on cpu", "a.onnx: not verified on cpu")]
    public void Everything_else_matters(string shown, string printed) => Assert.NotEqual(Comparable(shown), Comparable(printed));

    public void Dispose() => folder.Dispose();

    private static string Text(string name) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, name)).ReplaceLineEndings("\n");

    // Borders and padding depend on the widths of figures.
    private static string Comparable(string text) =>
        string.Join('\n', text.Trim().Split('\n').Where(line => !Border().IsMatch(line)).Select(Stable));

    // Latency depends on the machine. Calibration depends on how the processor rounds, and so do all figures of the pruned model.
    private static string Stable(string line)
    {
        if (line.StartsWith('|')) return StableRow([.. line.Trim('|').Split('|').Select(cell => cell.Trim())]);
        if (line.StartsWith("latency on ", StringComparison.Ordinal) || line.StartsWith("calibrated on ", StringComparison.Ordinal))
            return line.Split(": ")[0] + ": " + Masked(line.Split(": ", 2)[1]);
        return Difference().Replace(line, "largest difference #)");
    }

    private static string StableRow(string[] cells)
    {
        int stable = cells[0] == "latency" ? 1 : 2;
        return string.Join(" | ", cells.Take(stable).Concat(cells.Skip(stable).Select(Masked)));
    }

    private static string Masked(string text) => Number().Replace(text, "#");

    private static double Points(string text) =>
        double.Parse(Lost().Match(text).Groups["points"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- prune-output -->\n```\n(?<text>.*?)```\n<!-- /prune-output -->", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^[-+|]+$")]
    private static partial Regex Border();

    [GeneratedRegex(@"largest difference .*\)")]
    private static partial Regex Difference();

    [GeneratedRegex("[-+]?[0-9][0-9.,]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<points>[-+][0-9.]+) points")]
    private static partial Regex Lost();
}
