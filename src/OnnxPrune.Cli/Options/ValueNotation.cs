using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>
/// The values that an option or argument accepts, parsed from a notation such as <c>auto|none|bias,bn</c>, <c>macs=SHARE|params=SHARE</c>,
/// <c>PATH|synthetic</c> or <c>X.npy</c>. Help, completion, spelling suggestions and configuration files use it.
/// </summary>
/// <param name="Text">The notation; empty for a switch.</param>
/// <param name="Alternatives">The parsed alternatives.</param>
internal sealed record ValueNotation(string Text, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>True if only the listed words are accepted.</summary>
    public bool IsClosed => Alternatives.Count > 0 && Alternatives.All(a => a.Form is ValueForm.Word or ValueForm.List);

    /// <summary>True if a comma-separated list is accepted.</summary>
    public bool TakesList => Alternatives.Any(a => a.Form == ValueForm.List);

    /// <summary>True if paths are accepted.</summary>
    public bool TakesPath => Alternatives.Any(a => a.Form == ValueForm.Path);

    /// <summary>The words and prefixes to choose from.</summary>
    public IEnumerable<string> Choices => Alternatives.Where(a => a.Form is not (ValueForm.Free or ValueForm.Path)).SelectMany(a => a.Words);

    /// <summary>The notation of an option's value.</summary>
    public static ValueNotation Of(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? new("", []) : Parse(option.HelpName ?? "VALUE");

    /// <summary>The notation of an argument; an argument without notation is a file.</summary>
    public static ValueNotation Of(Argument argument) =>
        argument.HelpName is { } text ? Parse(text) : new(argument.Name, [new(ValueForm.Path, [""])]);

    /// <summary>The value with its path resolved against <paramref name="folder"/>; a value without path is returned unchanged.</summary>
    public string Rooted(string value, string folder)
    {
        if (Choices.Contains(value)) return value;
        var paths = Alternatives.Where(a => a.Form == ValueForm.Path).Select(a => a.Words[0]).OrderByDescending(prefix => prefix.Length);
        string? prefix = paths.FirstOrDefault(p => value.StartsWith(p, StringComparison.Ordinal));
        return prefix is null ? value : prefix + Path.Combine(folder, value[prefix.Length..]);
    }

    /// <summary>A spelling suggestion for a rejected value; empty if there is no likely one.</summary>
    public string Question(string value)
    {
        string[] parts = TakesList
            ? value.Split(',')
            : [value[..(value.IndexOf('=', StringComparison.Ordinal) + 1)] is { Length: > 0 } prefix ? prefix : value];
        return parts.FirstOrDefault(part => !Choices.Contains(part)) is { } strange ? Spelling.Question(strange, Choices) : "";
    }

    /// <summary>Parses a notation.</summary>
    public static ValueNotation Parse(string text) => new(text, [.. text.Split('|').Select(Alternative.Parse)]);
}
