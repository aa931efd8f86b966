using System.CommandLine;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Help;

/// <summary>Formats an option for help and documents.</summary>
internal static class OptionText
{
    private const int LongestNotation = 36;

    /// <summary>The names and the value notation: <c>-o, --output FILE</c>.</summary>
    public static string Label(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(a => a.StartsWith('-')).Order(StringComparer.Ordinal).Append(option.Name));
        string notation = ValueNotation.Of(option).Text;
        return notation.Length == 0 ? names : $"{names} {(notation.Length > LongestNotation ? "VALUE" : notation)}";
    }

    /// <summary>The description, with "Required" if so, and the values if the label does not show them.</summary>
    public static string Description(Option option)
    {
        var notation = ValueNotation.Of(option);
        string values = notation.Text.Length > LongestNotation ? $" VALUE is {Listed(notation)}." : "";
        return $"{(option.Required ? "Required. " : "")}{option.Description}{values}";
    }

    private static string Listed(ValueNotation notation)
    {
        var texts = notation.Text.Split('|').Zip(notation.Alternatives, (text, a) => a.Form == ValueForm.List ? $"a list of {text}" : text).ToList();
        return texts.Count == 1 ? texts[0] : $"{string.Join(", ", texts[..^1])} or {texts[^1]}";
    }
}
