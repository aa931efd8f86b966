using System.Globalization;
using System.Text;

namespace OnnxPrune.Cli.Export;

/// <summary>A literal of Python.</summary>
/// <param name="Text">Its source.</param>
internal readonly record struct PythonText(string Text)
{
    /// <summary>A string, or None.</summary>
    public static PythonText Of(string? text)
    {
        if (text is null) return new("None");
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else quoted.Append(c);
        }
        return new(quoted.Append('"').ToString());
    }

    /// <summary>A whole number.</summary>
    public static PythonText Of(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with nine digits, which is exact for float32.</summary>
    public static PythonText Of(double number)
    {
        string text = number.ToString("G9", CultureInfo.InvariantCulture);
        return new(double.IsFinite(number) ? text : $"float(\"{text}\")");
    }

    /// <summary>True or False.</summary>
    public static PythonText Of(bool value) => new(value ? "True" : "False");

    /// <summary>A list.</summary>
    public static PythonText List(IEnumerable<PythonText> items) => new($"[{string.Join(", ", items.Select(i => i.Text))}]");

    /// <summary>A dictionary with strings as keys.</summary>
    public static PythonText Dictionary(params IEnumerable<(string Key, PythonText Value)> entries) =>
        Numbered(entries.Select(e => (Of(e.Key).Text, e.Value)));

    /// <summary>A dictionary whose keys are Python source.</summary>
    public static PythonText Numbered(IEnumerable<(string Key, PythonText Value)> entries) =>
        new($"{{{string.Join(", ", entries.Select(e => $"{e.Key}: {e.Value.Text}"))}}}");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
