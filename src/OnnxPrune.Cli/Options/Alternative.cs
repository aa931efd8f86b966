using System.Text.RegularExpressions;

namespace OnnxPrune.Cli.Options;

/// <summary>One of the forms that a value may have.</summary>
internal enum ValueForm
{
    /// <summary>This very word.</summary>
    Word,

    /// <summary>These words, separated by commas, in any number.</summary>
    List,

    /// <summary>This text and something after it, as in <c>macs=50%</c>.</summary>
    Prefix,

    /// <summary>A path after this text, which may be empty.</summary>
    Path,

    /// <summary>Anything.</summary>
    Free,
}

/// <summary>One alternative of a value's notation.</summary>
/// <param name="Form">What it stands for.</param>
/// <param name="Words">The word, the prefix, or the words of the list.</param>
internal sealed partial record Alternative(ValueForm Form, IReadOnlyList<string> Words)
{
    private static readonly string[] Paths = ["FILE", "PATH", "DIR"];

    /// <summary>Reads one alternative: small letters are themselves, capitals stand for something, a dot belongs to a file's name.</summary>
    public static Alternative Parse(string text)
    {
        bool fixedText = !text.Any(char.IsUpper);
        if (fixedText && text.Contains(',')) return new(ValueForm.List, text.Split(','));
        string prefix = text[..(text.IndexOfAny([':', '=']) + 1)];
        string rest = text[prefix.Length..];
        if (Paths.Contains(rest) || FileName().IsMatch(rest)) return new(ValueForm.Path, [prefix]);
        if (fixedText) return new(ValueForm.Word, [text]);
        return prefix.Length > 0 && !prefix.Any(char.IsUpper) ? new(ValueForm.Prefix, [prefix]) : new(ValueForm.Free, []);
    }

    [GeneratedRegex(@"^\w+\.\w+$")]
    private static partial Regex FileName();
}
