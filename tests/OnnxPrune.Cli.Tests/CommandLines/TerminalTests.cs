using System.Diagnostics;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CommandLines;

public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, "auto", null, "xterm", false, true)]
    [InlineData(false, "auto", "1", "xterm", false, false)]
    [InlineData(false, "auto", "", "xterm", false, true)]
    [InlineData(false, "always", "1", "xterm", false, true)]
    [InlineData(false, "never", null, "xterm", false, false)]
    [InlineData(false, "auto", null, "dumb", true, false)]
    [InlineData(true, "auto", null, "xterm", true, false)]
    [InlineData(true, "always", null, null, true, true)]
    public void Colours_and_lines_are_for_terminals_that_show_them(
        bool redirected, string color, string? noColor, string? term, bool plain, bool colored)
    {
        var style = StreamStyle.Of(redirected, OptionValues.OneOf<ColorMode>(color), name => name == "NO_COLOR" ? noColor : term);

        Assert.Equal(new StreamStyle(plain, colored), style);
    }

    [Theory]
    [InlineData(0, 8, 5, "Planning ... 0 of 8")]
    [InlineData(2, 8, 0.5, "Planning ... 2 of 8")]
    [InlineData(2, 8, 30, "Planning ... 2 of 8, 1:30 left")]
    [InlineData(1, 100, 60, "Planning ... 1 of 100, 1:39:00 left")]
    public void Progress_tells_the_time_left_once_it_is_known(int done, int total, double seconds, string line) =>
        Assert.Equal(line, Progress.Line("Planning", done, total, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Only_severity_and_code_are_coloured()
    {
        var message = new Diagnostic(Severity.Error, "OP1001", "no : error OP1001 here", "net.onnx");
        var colored = new StreamStyle(IsPlain: false, HasColors: true);

        Assert.Equal("net.onnx : \e[1;31merror OP1001\e[0m: no : error OP1001 here", Messages.Line(message, colored));
        Assert.Equal(message.ToString(), Messages.Line(message, StreamStyle.Plain));
    }

    [Fact]
    public void A_terminal_shows_stages()
    {
        string shown = OnTerminal("xterm", []);

        Assert.Contains("Verifying ...", shown, StringComparison.Ordinal);
        Assert.Contains("╭", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dumb")]
    [InlineData("xterm", "--verbosity", "minimal")]
    [InlineData("xterm", "--quiet")]
    public void A_terminal_that_should_not_does_not(string term, params string[] options) =>
        Assert.DoesNotContain("Verifying", OnTerminal(term, options), StringComparison.Ordinal);

    [Fact]
    public void A_terminal_without_colours_is_given_none() =>
        Assert.DoesNotContain("\e[1", OnTerminal("xterm", ["--help"], "NO_COLOR=1"), StringComparison.Ordinal);

    [Fact]
    public void A_terminal_is_given_bold_titles() =>
        Assert.Contains("\e[1mExamples:\e[0m", OnTerminal("xterm", ["--help"]), StringComparison.Ordinal);

    // The program script runs a command on a pseudo-terminal.
    private string OnTerminal(string term, string[] options, string environment = "CLI_TEST=1")
    {
        string program = Path.Combine(AppContext.BaseDirectory, "OnnxPrune.Cli.dll");
        string[] prune = ["prune", TestModels.LeNet, "-o", folder.File("out.onnx"), "--budget", "macs=70%", "--calibration", "none", .. options];
        string[] command = ["env", "TERM=" + term, environment, Tool.Dotnet, program, .. prune];
        using var process = Process.Start(new ProcessStartInfo("script", ["-qec", string.Join(' ', command), "/dev/null"])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        string shown = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return shown;
    }
}
