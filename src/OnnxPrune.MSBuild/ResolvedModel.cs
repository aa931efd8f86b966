using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace OnnxPrune.MSBuild;

/// <summary>The data of one model for the targets, as an item.</summary>
internal static class ResolvedModel
{
    /// <summary>The item of a valid model.</summary>
    /// <param name="model">The item in the project.</param>
    /// <param name="target">The path of the result in output folders.</param>
    /// <param name="output">The path of the result in the intermediate folder.</param>
    /// <param name="version">The version of the tool.</param>
    public static TaskItem Of(ITaskItem model, string target, string output, string version)
    {
        string dependencies = output + ".dependencies.txt";
        var arguments = new ModelArguments(model);
        var line = arguments.All(output, dependencies);
        List<string> named = [ModelArguments.Local(model.ItemSpec), .. arguments.Inputs];
        var resolved = new TaskItem(model.ItemSpec);
        void Set(string metadata, string value) => resolved.SetMetadata(metadata, value);
        Set("TargetPath", ItemList.Escaped(target));
        Set("Result", ItemList.Escaped(output));
        Set("Options", ItemList.Escaped(output + ".options.txt"));
        Set("Dependencies", ItemList.Escaped(dependencies));
        Set("Arguments", ItemList.Join(line));
        Set("OptionLines", ItemList.Join([$"onnxprune {version}", .. line, .. named.Select(Described)]));
        Set("Inputs", ItemList.Join(named.Concat(Recorded(dependencies))));
        Set("Reports", ItemList.Join(arguments.Outputs));
        Set("CopyToOutputDirectory", Or(model.GetMetadata("CopyToOutputDirectory"), "PreserveNewest"));
        Set("CopyToPublishDirectory", Or(model.GetMetadata("CopyToPublishDirectory"), resolved.GetMetadata("CopyToOutputDirectory")));
        return resolved;
    }

    /// <summary>The file with the weights of a resolved model. The tool writes it beside the model, if at all.</summary>
    public static ITaskItem WeightsOf(ITaskItem resolved)
    {
        var weights = new TaskItem(ItemList.Escaped(resolved.GetMetadata("Result") + ".data"));
        weights.SetMetadata("TargetPath", ItemList.Escaped(resolved.GetMetadata("TargetPath") + ".data"));
        foreach (string copy in new[] { "CopyToOutputDirectory", "CopyToPublishDirectory" }) weights.SetMetadata(copy, resolved.GetMetadata(copy));
        return weights;
    }

    // The inputs of the last run, in particular the external data of the model.
    private static IEnumerable<string> Recorded(string dependencies) => File.Exists(dependencies) ? File.ReadLines(dependencies) : [];

    // The options change if an older file replaces an input, or if files are added to or removed from a folder.
    private static string Described(string input) => File.Exists(input) ? $"# {input}, {new FileInfo(input).Length} bytes" : $"# {input}, missing";

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
