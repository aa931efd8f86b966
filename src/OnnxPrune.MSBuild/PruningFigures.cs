using System.Text.RegularExpressions;

namespace OnnxPrune.MSBuild;

/// <summary>What the tool prints of a pruned model, in one line for the log of a build.</summary>
internal sealed class PruningFigures
{
    private static readonly Regex Row = new(@"^\| (?<name>MACs|parameters) +\|.*\| +(?<share>[0-9.]+%) \|$", RegexOptions.CultureInvariant);
    private static readonly Regex Verdict = new(": (?<verdict>verified|not verified)[ ,]", RegexOptions.CultureInvariant);

    private readonly List<string> shares = [];
    private string verdict = "";

    /// <summary>Looks at one line of standard output.</summary>
    public void Read(string line)
    {
        var row = Row.Match(line);
        if (row.Success) shares.Add($"{row.Groups["share"].Value} of the {row.Groups["name"].Value}");
        else if (verdict.Length == 0) verdict = Verdict.Match(line).Groups["verdict"].Value;
    }

    /// <summary>Such as <c>49.8% of the MACs, 62.7% of the parameters, verified</c>; empty where the tool was told to say nothing.</summary>
    public override string ToString() => string.Join(", ", shares.Concat([verdict]).Where(text => text.Length > 0));
}
