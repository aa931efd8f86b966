using System.Text.RegularExpressions;

namespace OnnxPrune.MSBuild;

/// <summary>
/// Says what the tool says in the terms of a project: <c>--max-drop</c> is <c>MaxDrop</c> there, by the table of <see cref="ItemOptions"/>.
/// Options that no metadata stand for keep their names.
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
