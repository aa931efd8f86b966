using System.Text.RegularExpressions;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>What every document must keep: links lead somewhere, and commands are understood.</summary>
public sealed partial class DocumentsTests
{
    private static readonly string[] Folders = ["", "docs", "benchmarks", "models", "samples/PruneAtBuild"];

    public static TheoryData<string> Documents => [.. Folders.Select(folder => Path.Combine(RepositoryRoot.Path, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"))
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file(string document)
    {
        string folder = Path.GetDirectoryName(Full(document))!;
        var missing = Link().Matches(Fence().Replace(File.ReadAllText(Full(document)), "")).Select(m => m.Groups["path"].Value)
            .Where(path => !Path.Exists(Path.Combine(folder, path)));
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_is_understood(string document)
    {
        var commands = File.ReadLines(Full(document)).Where(line => Command().IsMatch(line)).Select(line => line.Trim().Split("  ")[0]);
        Assert.All(commands, command => Assert.Empty(Understood.Errors(command)));
    }

    private static string Full(string document) => Path.Combine(RepositoryRoot.Path, document);

    [GeneratedRegex(@"\]\((?<path>[^)#:\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    // What stands behind two blanks explains it. One that goes on in the next line, is piped, reads a file of arguments, or leaves something out is
    // not looked at.
    [GeneratedRegex(@"^(    )?onnxprune [a-z-]+( [^|…<>@\\]+)?$")]
    private static partial Regex Command();
}
