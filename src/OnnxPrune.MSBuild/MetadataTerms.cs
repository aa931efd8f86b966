using System.Text.RegularExpressions;

namespace OnnxPrune.MSBuild;

/// <summary>
/// Replaces option names by metadata names in the messages of the tool: <c>--max-drop</c> becomes <c>MaxDrop</c>, by the table of
/// <see cref="ItemOptions"/>. An option without metadata keeps its name.
/// </summary>
internal static class MetadataTerms
{
    private static readonly Regex Option = new("(?<![\\w/-])--[a-z]+(-[a-z]+)*", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Metadata =
        ItemOptions.All.Where(o => o.Option.Length > 0).ToDictionary(o => o.Option, o => o.Metadata);

    /// <summary>The text with the names of metadata.</summary>
    public static string Of(string text) =>
        Option.Replace(text, option => Metadata.TryGetValue(option.Value, out string metadata) ? metadata : option.Value);
}
