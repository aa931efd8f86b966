using Microsoft.Build.Framework;

namespace OnnxPrune.MSBuild;

/// <summary>Converts the metadata of an item to the arguments of the tool.</summary>
/// <param name="item">The item.</param>
internal sealed class ModelArguments(ITaskItem item)
{
    /// <summary>True if the item has a plan.</summary>
    public bool HasPlan => item.GetMetadata("Plan").Length > 0;

    private ToolCommands Command => HasPlan ? ToolCommands.Apply : ToolCommands.Prune;

    private IEnumerable<(ItemOption Option, string Value)> Given =>
        from option in ItemOptions.All
        let value = item.GetMetadata(option.Metadata).Trim()
        where value.Length > 0
        select (option, value);

    /// <summary>The arguments after the name of the tool. Options of the other command, which defaults can set, are omitted.</summary>
    /// <param name="output">The path of the pruned model.</param>
    /// <param name="dependencies">The file that will list the inputs.</param>
    public IReadOnlyList<string> All(string output, string dependencies)
    {
        string model = Local(item.ItemSpec);
        if (model[0] is '-' or '@') model = Path.Combine(".", model);
        string[] command = HasPlan ? ["apply", model, "--plan", Local(item.GetMetadata("Plan").Trim())] : ["prune", model];
        var options = Given.Where(g => g.Option.Option.Length > 0 && g.Option.Commands.HasFlag(Command)).SelectMany(g => Of(g.Option, g.Value));
        return [.. command, "--output", output, "--dependencies", dependencies, .. options];
    }

    /// <summary>The input files that metadata name, and the files in the folders that they name. The tool reports missing files.</summary>
    public IEnumerable<string> Inputs => Given.SelectMany(g => g.Option.Kind switch
    {
        ItemOptionKind.Input => Files(Local(g.Value)),
        ItemOptionKind.Inputs => ItemList.Split(g.Value).SelectMany(text => Files(Local(text))),
        _ => [],
    });

    /// <summary>The other output files, such as reports.</summary>
    public IEnumerable<string> Outputs =>
        Given.Where(g => g.Option.Kind == ItemOptionKind.Outputs).SelectMany(g => ItemList.Split(g.Value)).Select(Local);

    /// <summary>Flags whose value is neither true nor false.</summary>
    public IEnumerable<(string Metadata, string Value)> InvalidFlags =>
        Given.Where(g => g.Option.Kind == ItemOptionKind.Flag && !bool.TryParse(g.Value, out _)).Select(g => (g.Option.Metadata, g.Value));

    private static IEnumerable<string> Of(ItemOption option, string value) => option.Kind switch
    {
        ItemOptionKind.Flag => bool.TryParse(value, out bool isSet) && isSet ? [option.Option] : [],
        ItemOptionKind.List => ItemList.Split(value).SelectMany(text => new[] { option.Option, text }),
        ItemOptionKind.Inputs or ItemOptionKind.Outputs => ItemList.Split(value).SelectMany(text => new[] { option.Option, Local(text) }),
        ItemOptionKind.Input or ItemOptionKind.Output => [option.Option, Local(value)],
        _ => [option.Option, value],
    };

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path)) return File.Exists(path) ? [path] : [];
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).OrderBy(file => file, StringComparer.Ordinal);
    }

    /// <summary>A path with the separators of this system.</summary>
    public static string Local(string path) => Path.DirectorySeparatorChar == '/' ? path.Replace('\\', '/') : path;
}
