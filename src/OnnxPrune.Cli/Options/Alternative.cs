using System.Text.RegularExpressions;

namespace OnnxPrune.Cli.Options;

/// <summary>The form of a value.</summary>
internal enum ValueForm
{
    /// <summary>Exactly this word.</summary>
    Word,

    /// <summary>One or more of these words, separated by commas.</summary>
    List,

    /// <summary>This prefix followed by a value, as in <c>macs=50%</c>.</summary>
    Prefix,

    /// <summary>This prefix, which may be empty, followed by a path.</summary>
    Path,

    /// <summary>Any text.</summary>
    Free,
}

/// <summary>One alternative of a value's notation.</summary>
/// <param name="Form">The form of the value.</param>
/// <param name="Words">The word, the prefix, or the words of the list.</param>
internal sealed partial record Alternative(ValueForm Form, IReadOnlyList<string> Words)
{
    private static readonly string[] Paths = ["FILE", "PATH", "DIR"];

    /// <summary>Parses one alternative: lower case is literal, upper case is a placeholder, and a dot marks a file name.</summary>
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
