using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Completion;

/// <summary>Computes completions of partial command lines.</summary>
internal sealed class Completer
{
    private readonly HashSet<Option> given = [];
    private Command command;
    private Option? pending;
    private int arguments;

    private Completer(Command root) => command = root;

    /// <summary>The candidates for the last word of a line.</summary>
    /// <param name="root">The root command, which is the first word of the line.</param>
    /// <param name="line">The line up to the cursor; a trailing space begins a new word.</param>
    public static IReadOnlyList<Candidate> Complete(Command root, string line)
    {
        var words = CommandLineParser.SplitCommandLine(line).Skip(1).ToList();
        bool begins = line.Length > 0 && char.IsWhiteSpace(line[^1]);
        string current = begins || words.Count == 0 ? "" : words[^1];
        var completer = new Completer(root);
        foreach (string word in begins ? words : words.SkipLast(1)) completer.Read(word);
        return [.. completer.Candidates(current).Where(c => c == Candidate.Files || c.Text.StartsWith(current, StringComparison.Ordinal)).Distinct()];
    }

    private void Read(string word)
    {
        if (pending is not null)
        {
            pending = null;
        }
        else if (word.StartsWith('-') && CommandTree.Find(command, word.Split('=')[0]) is { } option)
        {
            given.Add(option);
            pending = word.Contains('=') || ValueNotation.Of(option).Text.Length == 0 ? null : option;
        }
        else if (CommandTree.Commands(command).FirstOrDefault(c => c.Name == word) is { } sub)
        {
            command = sub;
        }
        else
        {
            arguments++;
        }
    }

    private IEnumerable<Candidate> Candidates(string current)
    {
        if (pending is not null) return Values(ValueNotation.Of(pending), "", current);
        int equals = current.IndexOf('=', StringComparison.Ordinal);
        if (!current.StartsWith('-')) return Words(current);
        if (equals < 0) return Options();
        return CommandTree.Find(command, current[..equals]) is { } option ? Values(ValueNotation.Of(option), current[..(equals + 1)], current) : [];
    }

    private IEnumerable<Candidate> Words(string current)
    {
        var commands = CommandTree.Commands(command).Select(c => new Candidate(c.Name, c.Description ?? ""));
        var values = command.Arguments.Skip(arguments).Take(1).SelectMany(a => Values(ValueNotation.Of(a), "", current)).ToList();
        return current.Length > 0 || values.Count > 0 ? commands.Concat(values) : commands.Concat(Options());
    }

    private IEnumerable<Candidate> Options() =>
        from option in CommandTree.Options(command)
        where !given.Contains(option) || CommandTree.IsRepeatable(option)
        select new Candidate(option.Name, option.Description ?? "");

    private static IEnumerable<Candidate> Values(ValueNotation notation, string before, string current) =>
        notation.Alternatives.SelectMany(a => Values(a, before, current));

    private static IEnumerable<Candidate> Values(Alternative alternative, string before, string current) => alternative.Form switch
    {
        ValueForm.Path => alternative.Words[0].Length == 0 ? [Candidate.Files] : [new Candidate(before + alternative.Words[0])],
        ValueForm.List => Listed(alternative.Words, current.Length > before.Length ? current[..(current.LastIndexOf(',') + 1)] : before, before),
        _ => alternative.Words.Select(word => new Candidate(before + word)),
    };

    // After a comma, offers the words of the list that are not used yet.
    private static IEnumerable<Candidate> Listed(IReadOnlyList<string> words, string typed, string before)
    {
        string begun = typed.Length > before.Length ? typed : before;
        var used = begun[before.Length..].Split(',');
        return words.Where(w => !used.Contains(w)).Select(w => new Candidate(begun + w));
    }
}
