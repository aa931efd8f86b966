using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Usage;

/// <summary>Finds the errors in a command line and suggests corrections.</summary>
internal static partial class UsageErrors
{
    /// <summary>The errors, causes before consequences. Missing values are not reported if an unknown name may explain them.</summary>
    public static IReadOnlyList<UsageError> Of(ParseResult parsed)
    {
        var unread = parsed.Errors.Where(e => UnreadFile().IsMatch(e.Message)).ToList();
        if (unread.Count > 0)
            return [.. unread.Select(e => new UsageError(e.Message.TrimEnd('.') + "; an argument that begins with '@' names a response file"))];
        var unknown = UnknownOptions(parsed).Select(name => new UsageError(UnknownOption(parsed.CommandResult.Command, name))).ToList();
        var others = parsed.Errors.Where(e => !Standard().IsMatch(e.Message));
        var values = others.Select(e => Repeated(e) ?? new UsageError(e.Message, OptionOf(e.SymbolResult)));
        return unknown.Count > 0
            ? [.. unknown, .. values.Where(e => e.Option is not null)]
            : [.. CommandErrors(parsed), .. values, .. MissingValues(parsed), .. MissingOptions(parsed)];
    }

    /// <summary>The message for an unknown command, with a suggestion.</summary>
    public static string UnknownCommand(string word, IReadOnlyList<string> names) =>
        $"there is no command '{word}'{(Spelling.Question(word, names) is { Length: > 0 } question ? question : $"; {Listed(names)}")}";

    private static string Listed(IReadOnlyList<string> names) => $"the commands are {string.Join(", ", names)}";

    // The parser takes an unknown option for an argument.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var arguments = parsed.CommandResult.Children.OfType<ArgumentResult>();
        var stray = arguments.SelectMany(a => a.Tokens.Select(t => t.Value)).Concat(parsed.UnmatchedTokens);
        var after = parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToList();
        return stray.Where(word => word.Length > 1 && word[0] == '-' && !after.Contains(word)).Distinct();
    }

    private static string UnknownOption(Command command, string word)
    {
        string name = word.Split('=')[0];
        string where = CommandTree.Path(command);
        string question = Spelling.Question(name, CommandTree.Options(command).SelectMany(CommandTree.Names));
        if (question.Length > 0) return $"'{where}' has no option '{name}'{question}";
        var root = command.Parents.OfType<RootCommand>().FirstOrDefault();
        var commands = root is null ? [] : CommandTree.Commands(root);
        var others = commands.Where(c => CommandTree.Find(c, name) is not null).Select(c => $"'{c.Name}'").ToList();
        return others.Count > 0
            ? $"'{where}' has no option '{name}'; it is an option of {string.Join(", ", others)}"
            : $"'{where}' has no option '{name}'; '{where} --help' lists its options";
    }

    private static IEnumerable<UsageError> CommandErrors(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            var names = CommandTree.Commands(command).Select(c => c.Name).ToList();
            string? word = parsed.UnmatchedTokens is [var first, ..] ? first : null;
            if (word is not null) yield return new(UnknownCommand(word, names));
            else if (parsed.Errors.All(e => Standard().IsMatch(e.Message))) yield return new($"a command is missing; {Listed(names)}");
            yield break;
        }
        foreach (var argument in command.Arguments.Where(a => (parsed.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MinimumNumberOfValues))
            yield return new($"{argument.Name} is missing: {argument.Description}");
        string takes =
            $"takes {(command.Arguments.Count == 0 ? "no arguments" : string.Join(' ', CommandTree.Arguments(command).Select(a => a.Name)) + " and options")}";
        foreach (string word in parsed.UnmatchedTokens) yield return new($"'{word}' is one argument too many; '{CommandTree.Path(command)}' {takes}");
    }

    private static IEnumerable<UsageError> MissingValues(ParseResult parsed) =>
        from result in parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>().Distinct()
        where !result.Implicit && result.Tokens.Count == 0 && result.Option.Arity.MinimumNumberOfValues > 0
        select new UsageError($"{result.Option.Name} needs a value: {ValueNotation.Of(result.Option).Text}", result.Option);

    // The parser stops looking for missing options at the first error of a command's own check.
    private static IEnumerable<UsageError> MissingOptions(ParseResult parsed)
    {
        var always = CommandTree.Options(parsed.CommandResult.Command).Where(o => o.Required && !o.HasDefaultValue && (parsed.GetResult(o) is null or { Implicit: true }));
        var named = parsed.Errors.Select(e => Required().Match(e.Message)).Where(m => m.Success).Select(m => m.Groups["name"].Value);
        return from name in always.Select(o => o.Name).Concat(named).Distinct()
               let option = CommandTree.Find(parsed.CommandResult.Command, name)
               select new UsageError($"{name} is missing; give {name} {ValueNotation.Of(option).Text}", option);
    }

    private static UsageError? Repeated(ParseError error) =>
        error.SymbolResult is OptionResult { IdentifierTokenCount: > 1 } result && !CommandTree.IsRepeatable(result.Option)
            ? new UsageError($"{result.Option.Name} is given {result.IdentifierTokenCount} times; give it once", result.Option)
            : null;

    private static Option? OptionOf(SymbolResult? result) =>
        result is null or OptionResult ? (result as OptionResult)?.Option : OptionOf(result.Parent);

    [GeneratedRegex("^(Unrecognized command or argument|Required argument .*missing|Required command was not|Option '[^']+' is required)")]
    private static partial Regex Standard();

    [GeneratedRegex("^(Response file not found|Error reading response file)")]
    private static partial Regex UnreadFile();

    [GeneratedRegex("^Option '(?<name>[^']+)' is required")]
    private static partial Regex Required();
}
