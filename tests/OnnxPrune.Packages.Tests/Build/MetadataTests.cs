using System.Text.RegularExpressions;
using OnnxPrune.MSBuild;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>Metadata, their defaults and their documentation agree, and become the arguments that the tool takes.</summary>
public sealed partial class MetadataTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/msbuild.md"));

    [Fact]
    public void The_document_names_all_metadata_and_their_options_in_order()
    {
        string section = Document.Split("## Metadata")[1].Split("\n## ")[0];
        var documented =
            from row in Row().Matches(section)
            from name in Name().Matches(row.Groups["names"].Value)
            where !name.Value.StartsWith("`OnnxPrune", StringComparison.Ordinal)
            select (name.Groups[1].Value, row.Groups["option"].Value.Trim(' ', '`'));
        var known = ItemOptions.All.Select(o => (o.Metadata, o.Option)).Concat(ItemOptions.Placement.Select(name => (name, "")));
        Assert.Equal(known.Take(ItemOptions.All.Count), documented.Take(ItemOptions.All.Count));
        Assert.Equal(known.Select(k => k.Item1).Order(StringComparer.Ordinal), documented.Select(d => d.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_metadata_have_a_project_wide_default()
    {
        string props = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src/OnnxPrune.MSBuild/build/OnnxPrune.MSBuild.props"));

        string[] copies = ["CopyToOutputDirectory", "CopyToPublishDirectory"];
        Assert.Equal(ItemOptions.All.Select(o => o.Metadata).Concat(copies), Default().Matches(props).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [InlineData("Budgt", "Budget")]
    [InlineData("include_nodes", "IncludeNodes")]
    [InlineData("Calibraton", "Calibration")]
    [InlineData("Foo", null)]
    public void A_misspelt_name_is_recognised(string typed, string? meant) => Assert.Equal(meant, ItemOptions.Nearest(typed));

    [Theory]
    [InlineData("more than --max-drop 1.5 allows; give --calibration", "more than MaxDrop 1.5 allows; give Calibration")]
    [InlineData("a lower --min-channels, or no --include and --exclude", "a lower MinChannels, or no IncludeNodes and ExcludeNodes")]
    [InlineData("nothing was written, --no-verify writes it all the same", "nothing was written, NoVerify writes it all the same")]
    [InlineData("--plan: cannot be written; --dim: none", "SavePlan: cannot be written; Dim: none")]
    [InlineData("what --verbose prints of a--seed and models/--seed", "what --verbose prints of a--seed and models/--seed")]
    public void Messages_name_metadata_in_place_of_options(string said, string logged) => Assert.Equal(logged, MetadataTerms.Of(said));

    [Fact]
    public void Every_option_has_its_name_as_metadata() => Assert.All(
        ItemOptions.All.Where(o => o.Option.Length > 0),
        option => Assert.Equal($"{option.Metadata}: wrong", MetadataTerms.Of($"{option.Option}: wrong")));

    [Fact]
    public void A_command_line_is_split_into_the_same_arguments_again()
    {
        if (OperatingSystem.IsWindows()) return;
        string[] arguments = ["plain", "with blank", "", "say \"so\"", @"C:\folder\", @"C:\my folder\", @"\""", "é;%*$x", @"a\\""b c"];

        var printed = Dotnet.Run("/bin/sh", "/", CommandLineText.Of(["-c", "printf '%s\\n' \"$@\"", "sh", .. arguments])).Succeeded();

        Assert.Equal(arguments, printed.Output.Split('\n')[..^1]);
    }

    [GeneratedRegex(@"^\| (?<names>`[A-Z][^|]*) \|(?<option>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"<(\w+)>\$\(OnnxPrune\1\)</\1>")]
    private static partial Regex Default();
}
