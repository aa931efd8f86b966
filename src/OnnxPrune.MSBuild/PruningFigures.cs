using System.Text.RegularExpressions;

namespace OnnxPrune.MSBuild;

/// <summary>The sizes of a pruned model in the output of the tool, in one line for the log of a build.</summary>
internal sealed class PruningFigures
{
    private static readonly Regex Row = new(@"^\| (?<name>MACs|parameters) +\|.*\| +(?<share>[0-9.]+%) \|$", RegexOptions.CultureInvariant);
    private static readonly Regex Verdict = new(": (?<verdict>cut verified|not verified)[ ,]", RegexOptions.CultureInvariant);
    private static readonly Regex Change = new(
        "^the outputs changed by (?<change>[0-9.]+%)( of their variance; the top class is the same for (?<same>[0-9.]+%))?", RegexOptions.CultureInvariant);

    private readonly List<string> shares = [];
    private string verdict = "", outputs = "";

    /// <summary>Reads one line of standard output.</summary>
    public void Read(string line)
    {
        var row = Row.Match(line);
        var change = Change.Match(line);
        if (row.Success) shares.Add($"{row.Groups["share"].Value} of the {row.Groups["name"].Value}");
        else if (change.Success)
            outputs = change.Groups["same"].Success ? $"same top class for {change.Groups["same"].Value}" : $"outputs changed by {change.Groups["change"].Value}";
        else if (verdict.Length == 0) verdict = Verdict.Match(line).Groups["verdict"].Value;
    }

    /// <summary>A text such as <c>49.8% of the MACs, 62.7% of the parameters, cut verified, same top class for 97.7%</c>; empty if the tool prints nothing.</summary>
    public override string ToString() => string.Join(", ", shares.Concat([verdict, outputs]).Where(text => text.Length > 0));
}
