using System.CommandLine;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Options;

/// <summary>
/// What the value of an option or argument may be, read from its notation, such as <c>auto|none|bias,bn</c>, <c>macs=SHARE|params=SHARE</c>,
/// <c>PATH|synthetic</c> or <c>X.npy</c>. Help, completion, corrections and configuration files all follow it.
/// </summary>
/// <param name="Text">The notation; empty where there is no value.</param>
/// <param name="Alternatives">What it says.</param>
internal sealed record ValueNotation(string Text, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>True where nothing but the words listed is accepted.</summary>
    public bool IsClosed => Alternatives.Count > 0 && Alternatives.All(a => a.Form is ValueForm.Word or ValueForm.List);

    /// <summary>True where a list separated by commas is accepted.</summary>
    public bool TakesList => Alternatives.Any(a => a.Form == ValueForm.List);

    /// <summary>True where paths are accepted.</summary>
    public bool TakesPath => Alternatives.Any(a => a.Form == ValueForm.Path);

    /// <summary>The words and prefixes to choose from.</summary>
    public IEnumerable<string> Choices => Alternatives.Where(a => a.Form is not (ValueForm.Free or ValueForm.Path)).SelectMany(a => a.Words);

    /// <summary>The notation of an option's value.</summary>
    public static ValueNotation Of(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? new("", []) : Parse(option.HelpName ?? "VALUE");

    /// <summary>The notation of an argument; what has none is a file.</summary>
    public static ValueNotation Of(Argument argument) =>
        argument.HelpName is { } text ? Parse(text) : new(argument.Name, [new(ValueForm.Path, [""])]);

    /// <summary>A path in this value, made relative to <paramref name="folder"/>; other values as they are.</summary>
    public string Rooted(string value, string folder)
    {
        if (Choices.Contains(value)) return value;
        var paths = Alternatives.Where(a => a.Form == ValueForm.Path).Select(a => a.Words[0]).OrderByDescending(prefix => prefix.Length);
        string? prefix = paths.FirstOrDefault(p => value.StartsWith(p, StringComparison.Ordinal));
        return prefix is null ? value : prefix + Path.Combine(folder, value[prefix.Length..]);
    }

    /// <summary>What a value that is refused was probably meant to be, as a question; nothing where that is not clear.</summary>
    public string Question(string value)
    {
        string[] parts = TakesList
            ? value.Split(',')
            : [value[..(value.IndexOf('=', StringComparison.Ordinal) + 1)] is { Length: > 0 } prefix ? prefix : value];
        return parts.FirstOrDefault(part => !Choices.Contains(part)) is { } strange ? Spelling.Question(strange, Choices) : "";
    }

    /// <summary>Reads a notation.</summary>
    public static ValueNotation Parse(string text) => new(text, [.. text.Split('|').Select(Alternative.Parse)]);
}
