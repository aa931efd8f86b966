using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace OnnxPrune.MSBuild;

/// <summary>
/// Checks <c>OnnxPrune</c> items and computes the output, the inputs and the command line for each item. Does not read models or write files.
/// </summary>
public sealed class ResolvePrunedModels : Microsoft.Build.Utilities.Task
{
    // Every item that has passed through a task has this metadata.
    private const string LeftByTasks = "OriginalItemSpec";

    private static readonly string[] CopyModes = ["Never", "Always", "PreserveNewest", "IfDifferent"];
    private static readonly string[] CopyMetadata = ["CopyToOutputDirectory", "CopyToPublishDirectory"];

    /// <summary>The items, with the metadata TargetPath like Content items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The folder for results.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The path of the tool's assembly; results depend on its version.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The default of Budget for the project. It does not conflict with a Plan.</summary>
    public string DefaultBudget { get; set; } = "";

    /// <summary>Names of metadata that other tools use.</summary>
    public string[] OtherMetadata { get; set; } = [];

    /// <summary>
    /// The models, by the path of the original, with the metadata TargetPath, Result, Options (a file to write OptionLines to), Arguments,
    /// Dependencies, Inputs and Reports. The metadata are paths, or lists in the format of MSBuild.
    /// </summary>
    [Output]
    public ITaskItem[] Resolved { get; private set; } = [];

    /// <summary>The files with the weights of the results, for originals with weights in separate files.</summary>
    [Output]
    public ITaskItem[] Weights { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!File.Exists(Tool)) BuildErrors.NoTool(Log, Tool, "the tool is missing; restore the package again, or correct $(OnnxPruneTool)");
        if (Log.HasLoggedErrors) return false;
        string version = FileVersionInfo.GetVersionInfo(Tool).ProductVersion;
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Resolved = [.. Models.Where(IsValid).Select(model => Resolve(model, version, targets)).OfType<ITaskItem>()];
        Weights = [.. Resolved.Select(ResolvedModel.WeightsOf)];
        return !Log.HasLoggedErrors;
    }

    private bool IsValid(ITaskItem model)
    {
        foreach (string name in model.CloneCustomMetadata().Keys.Cast<string>().OrderBy(n => n, StringComparer.Ordinal))
        {
            bool isKnown = ItemOptions.Has(name) || name == LeftByTasks || OtherMetadata.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!isKnown) BuildErrors.UnknownMetadata(Log, model, name);
        }
        var arguments = new ModelArguments(model);
        string budget = model.GetMetadata("Budget");
        bool hasBudget = budget.Length > 0 || model.GetMetadata("Config").Length > 0;
        if (arguments.HasPlan ? budget.Length > 0 && budget != DefaultBudget : !hasBudget) BuildErrors.NotOneSource(Log, model, arguments.HasPlan);
        foreach (var (metadata, value) in arguments.InvalidFlags) BuildErrors.InvalidMetadata(Log, model, metadata, value, "true or false");
        foreach (string metadata in CopyMetadata.Where(m => !IsCopyMode(model.GetMetadata(m))))
            BuildErrors.InvalidMetadata(Log, model, metadata, model.GetMetadata(metadata), string.Join(", ", CopyModes));
        return !Log.HasLoggedErrors;
    }

    private static bool IsCopyMode(string value) => value.Length == 0 || CopyModes.Contains(value, StringComparer.OrdinalIgnoreCase);

    private TaskItem? Resolve(ITaskItem model, string version, Dictionary<string, string> targets)
    {
        string target = ModelArguments.Local(model.GetMetadata("TargetPath"));
        string folder = Path.GetFullPath(Folder), output = Path.GetFullPath(Path.Combine(folder, target));
        if (!output.StartsWith(folder, StringComparison.Ordinal)) BuildErrors.OutsideOutput(Log, model, target);
        else if (targets.TryGetValue(target, out string other)) BuildErrors.OneTarget(Log, model, other, target);
        else targets.Add(target, model.ItemSpec);
        return Log.HasLoggedErrors ? null : ResolvedModel.Of(model, target, Path.Combine(Folder, target), version);
    }
}
