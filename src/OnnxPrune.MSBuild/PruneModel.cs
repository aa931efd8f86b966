using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace OnnxPrune.MSBuild;

/// <summary>
/// Prunes one model. The task starts the tool in a separate process with the host <c>dotnet</c>, and converts the messages of the tool to errors and
/// warnings of the build, which name metadata instead of options. The log gets a line with the sizes of the pruned model. Cancelling the build stops
/// the process and removes unfinished files. The task deletes an earlier result before the tool starts.
/// </summary>
public sealed class PruneModel : ToolTask
{
    // The exit code of the host if the framework of the tool is missing.
    private const int FrameworkMissing = 150;

    private static readonly Regex Diagnostic = new(
        "^(?<file>.+?) : (?<severity>error|warning) (?<code>OP[0-9]{4}): (?<text>.*)$", RegexOptions.CultureInvariant);

    private readonly PruningFigures figures = new();

    /// <summary>The path of the original, for messages.</summary>
    [Required]
    public string Model { get; set; } = "";

    /// <summary>The path of the model to write.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <summary>The arguments of the tool.</summary>
    [Required]
    public string[] Arguments { get; set; } = [];

    /// <summary>The path of the tool's assembly.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The path of the host, <c>dotnet</c>; empty to search for the host.</summary>
    public string Host { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => DotnetHost.FileName;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotnetHost.Find(Host);

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => CommandLineText.Of(["exec", "--roll-forward", "Major", Tool, .. Arguments]);

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        string host = DotnetHost.Find(Host);
        if (Path.IsPathRooted(host) && !File.Exists(host))
            BuildErrors.NoTool(
                Log, host, "there is no such file; name the dotnet that is to start the tool in $(OnnxPruneDotnet) or DOTNET_HOST_PATH");
        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public override bool Execute()
    {
        YieldDuringToolExecution = true;
        File.Delete(Output);
        File.Delete(Output + ".data");
        bool succeeded = base.Execute();
        string what = figures.ToString();
        if (!succeeded) RemoveUnfinished();
        else Log.LogMessage(MessageImportance.High, "  {0} -> {1}{2}{3}", Model, Output, what.Length > 0 ? ": " : "", what);
        return succeeded;
    }

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Normal, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        var match = Diagnostic.Match(singleLine);
        string code = match.Groups["code"].Value, text = MetadataTerms.Of(match.Groups["text"].Value);
        if (!match.Success)
        {
            figures.Read(singleLine);
            Log.LogMessage(messageImportance, "{0}", singleLine);
        }
        else if (match.Groups["severity"].Value == "error") Log.LogError(null, code, null, FileOf(match), 0, 0, 0, 0, text);
        else Log.LogWarning(null, code, null, FileOf(match), 0, 0, 0, 0, text);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (Log.HasLoggedErrors) return false;
        string what = ExitCode == FrameworkMissing
            ? "the tool needs the .NET runtime 10 or a later one, which this dotnet does not have; install it"
            : $"the tool ended with exit code {ExitCode} and no error message";
        BuildErrors.NoTool(Log, Model, $"{what}, or name another dotnet in $(OnnxPruneDotnet) ({GenerateFullPathToTool()})");
        return false;
    }

    // A message that concerns no file begins with the name of the tool.
    private string FileOf(Match match) => match.Groups["file"].Value is "onnxprune" ? Model : match.Groups["file"].Value;

    // The tool writes a model to a temporary file and renames it; a killed process leaves the temporary file.
    private void RemoveUnfinished()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(Output))!;
        if (!Directory.Exists(folder)) return;
        foreach (string file in Directory.GetFiles(folder, Path.GetFileName(Output) + ".*.tmp")) File.Delete(file);
    }
}
