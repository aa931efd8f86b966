using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Configuration;

/// <summary>The arguments of a command line combined with those of its configuration file.</summary>
/// <param name="Arguments">All arguments.</param>
/// <param name="Places">The position of every option from the file, as <c>file(line)</c>.</param>
internal sealed record ConfiguredArguments(string[] Arguments, IReadOnlyDictionary<Option, string> Places)
{
    private const string SchemaKey = "$schema";

    /// <summary>Adds the options of the file that <c>--config</c> names, except those that the command line sets.</summary>
    /// <exception cref="OnnxPruneException">OP2003: the file cannot be read, has an unknown key, or a value of the wrong type.</exception>
    public static ConfiguredArguments Of(RootCommand root, string[] args, ParseResult parsed)
    {
        if (parsed.GetResult(GlobalOptions.Config) is not { Tokens: [{ Value: { } path }] }) return new(args, new Dictionary<Option, string>());
        var commands = CommandTree.Commands(root).ToList();
        var entries = ConfigFile.Read(path, [.. commands.Select(c => c.Name)]).Where(e => e.Section is not null || e.Key != SchemaKey).ToList();
        var options = entries.ToDictionary(e => e, e => OptionOf(e, commands, path));
        var values = entries.ToDictionary(e => e, e => Values(e, options[e], path));
        var command = parsed.CommandResult.Command;
        var used = entries.Where(e => e.Section == command.Name).Concat(entries.Where(e => e.Section is null)).DistinctBy(e => e.Key)
            .Where(e => CommandTree.Configurable(command).Contains(options[e]) && !IsGiven(parsed, options[e])).ToList();
        int end = Array.IndexOf(args, "--") is >= 0 and var at ? at : args.Length;
        string[] all = [.. args[..end], .. used.SelectMany(e => values[e]), .. args[end..]];
        return new(all, used.ToDictionary(e => options[e], e => ConfigFile.At(path, e.Line)));
    }

    /// <summary>The key of an option, which is its name in camelCase.</summary>
    public static string KeyOf(Option option)
    {
        string[] words = option.Name.TrimStart('-').Split('-');
        return words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static Option OptionOf(ConfigEntry entry, IReadOnlyList<Command> commands, string path)
    {
        var scope = commands.Where(c => entry.Section is null || c.Name == entry.Section);
        var options = scope.SelectMany(CommandTree.Configurable).Distinct().ToList();
        if (options.Find(o => KeyOf(o) == entry.Key) is { } option) return option;
        var names = options.Select(KeyOf).Concat(entry.Section is null ? commands.Select(c => c.Name) : []);
        string has = entry.Section is null ? "no command has an option" : $"'{entry.Section}' has no option";
        string rule = "; keys are the names of options in camelCase, such as maxSparsity", question = Spelling.Question(entry.Key, names);
        throw ConfigFile.Invalid(path, entry.Line, $"{has} '{entry.Key}'{(question.Length > 0 ? question : rule)}");
    }

    private static IReadOnlyList<string> Values(ConfigEntry entry, Option option, string path)
    {
        var type = ConfigType.Of(option);
        var notation = ValueNotation.Of(option);
        var texts = type.Texts(entry.Value);
        if (texts is null)
            throw ConfigFile.Invalid(path, entry.Line, $"'{entry.Key}' must be {type.Expected}, not {Raw(entry)}");
        if (notation.TakesList) texts = [string.Join(',', texts)];
        return [.. texts.Select(text => $"{option.Name}={notation.Rooted(text, Path.GetDirectoryName(path) ?? "")}")];
    }

    private static string Raw(ConfigEntry entry) => entry.Value.GetRawText().ReplaceLineEndings(" ");

    private static bool IsGiven(ParseResult parsed, Option option)
    {
        var same = GlobalOptions.Levels.Contains(option) ? GlobalOptions.Levels : [option];
        return same.Any(o => parsed.GetResult(o) is { Implicit: false });
    }
}
