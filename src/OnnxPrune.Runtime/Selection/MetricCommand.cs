using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>A command that scores a model: the score is the last number that the command prints; higher is better.</summary>
/// <param name="text">The command line for the shell, with <c>{model}</c> in place of the path of the model.</param>
public sealed partial class MetricCommand(string text)
{
    private const string Model = "{model}";

    /// <summary>The command line.</summary>
    public string Text => text;

    /// <summary>Parses a command line.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the command line does not contain <c>{model}</c>.</exception>
    public static MetricCommand Parse(string text) =>
        text.Contains(Model, StringComparison.Ordinal)
            ? new MetricCommand(text)
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{text}' does not contain {Model}, which stands for the path of the model");

    /// <summary>Writes a model to a temporary file and scores it.</summary>
    /// <exception cref="OnnxPruneException">OP6003: the command fails, or prints no number.</exception>
    public double Measure(OnnxModel model, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("onnxprune-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            ModelFile.Save(model, path);
            return Run(text.Replace(Model, path, StringComparison.Ordinal), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private double Run(string command, CancellationToken cancellation)
    {
        // cmd.exe parses its command line itself: arguments must not be escaped for it.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{command}\"")
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start) ?? throw Failed("cannot be started");
        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw Failed(string.Create(CultureInfo.InvariantCulture, $"exited with code {process.ExitCode}"));
        var numbers = Number().Matches(output);
        return numbers.Count > 0
            ? double.Parse(numbers[^1].Value, NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw Failed("did not print a number");
    }

    private OnnxPruneException Failed(string how) => new(ErrorCodes.MetricFailed, $"the metric command {how}: {text}");

    [GeneratedRegex(@"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")]
    private static partial Regex Number();
}
