using System.Diagnostics;
using OnnxPrune.Cli.Completion;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CommandLines;

/// <summary>The scripts for shells, run by the shells.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("onnxprune prune --crit", "--criterion")]
    [InlineData("onnxprune prune n", "net.onnx net.txt")]
    [InlineData("onnxprune prune net.onnx --budget ma", "macs=")]
    [InlineData("onnxprune prune net.onnx --scope=se", "search")]
    [InlineData("onnxprune prune net.onnx --provider cuda:", "")]
    [InlineData("onnxprune apply net.onnx net.onnx --recover=bias,b", "bias,bn")]
    public void Bash_completes(string line, string expected)
    {
        if (!HasFiles("bash")) return;
        string script = $$"""
            source <(onnxprune completion bash)
            COMP_LINE="$1" COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _onnxprune
            echo $(printf '%s\n' "${COMPREPLY[@]}" | sort)
            complete -p onnxprune
            """;

        Assert.Equal($"{expected}\ncomplete -F _onnxprune onnxprune\n", Run("bash", script, line));
    }

    [Theory]
    [InlineData("onnxprune prune --crit", "texts --criterion")]
    [InlineData("onnxprune prune n", "files")]
    [InlineData("onnxprune prune net.onnx --budget ma", "open macs=")]
    [InlineData("onnxprune prune net.onnx --scope l", "texts local")]
    public void Zsh_completes(string line, string expected)
    {
        if (!HasFiles("zsh")) return;
        string script = """
            compdef() { registered="$*" }
            compset() { }
            compadd() { local name=$@[-1]; echo "$name ${(P)name}" }
            _files() { echo files }
            source <(onnxprune completion zsh)
            words=(${=1}) CURRENT=$#words PREFIX=$words[-1]
            _onnxprune
            echo "$registered"
            """;

        Assert.Equal($"{expected}\n_onnxprune onnxprune\n", Run("zsh", script, line));
    }

    [Fact]
    public void PowerShell_registers_a_completer()
    {
        string script = CompletionCommand.Script(Shell.Pwsh);

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName onnxprune", script, StringComparison.Ordinal);
        Assert.Equal(script.Count(c => c == '{'), script.Count(c => c == '}'));
        Assert.Equal(script.Count(c => c == '('), script.Count(c => c == ')'));
    }

    // False where the shell is not installed; else there are files to complete.
    private bool HasFiles(string shell)
    {
        File.WriteAllText(folder.File("net.onnx"), "");
        File.WriteAllText(folder.File("net.txt"), "");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, shell)));
    }

    private string Run(string shell, string script, string line)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "OnnxPrune.Cli.dll");
        string define = $"onnxprune() {{ \"{Tool.Dotnet}\" \"{program}\" \"$@\"; }}\n";
        using var process = Process.Start(new ProcessStartInfo(shell, ["-c", define + script, shell, line])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
