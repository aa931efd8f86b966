using System.IO.Compression;
using System.Text.RegularExpressions;
using OnnxPrune.MSBuild;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>What is in the package of the build integration.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class PackageTests(PackedPackages packages)
{
    private const string Id = "OnnxPrune.MSBuild";

    [Fact]
    public void It_has_targets_tasks_and_the_tool_for_every_platform_and_nothing_that_projects_would_compile_against()
    {
        using var package = packages.Open(Id);
        var files = package.Entries.Select(e => e.FullName).ToList();
        var natives = files.Where(f => f.Contains("/native/", StringComparison.Ordinal)).Select(f => f.Split('/')[^3]).Distinct();

        Assert.Contains("build/OnnxPrune.MSBuild.props", files);
        Assert.Contains("build/OnnxPrune.MSBuild.targets", files);
        Assert.Equal(["tasks/netstandard2.0/OnnxPrune.MSBuild.dll"], files.Where(f => f.StartsWith("tasks/", StringComparison.Ordinal)));
        Assert.Equal(PackedPackages.Platforms, natives.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(files, f => f.StartsWith("lib/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => Path.GetExtension(f) is ".pdb" or ".lib" or ".aar" or ".zip");
        using var nuspec = new StreamReader(package.GetEntry($"{Id}.nuspec")!.Open());
        Assert.Contains("<developmentDependency>true</developmentDependency>", nuspec.ReadToEnd(), StringComparison.Ordinal);
    }

    // What the targets set themselves, and what means nothing in a build.
    private static readonly string[] Others =
        ["--output", "--dependencies", "--json", "--verbosity", "--quiet", "--verbose", "--color", "--help", "--version"];

    [Fact]
    public void Metadata_become_all_options_of_its_tool_and_no_others()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(packages.PathOf(Id), folder.Path);
        string program = folder.File("tools/net10.0/any/OnnxPrune.Cli.dll");
        string Help(string command) => Dotnet.Run(folder.Path, new Dictionary<string, string?>(), program, command, "--help").Succeeded().Output;
        string prune = Help("prune"), apply = Help("apply");

        var all = Regex.Matches(prune + apply, @"^  (-[\w?], )*(?<name>--[\w-]+)", RegexOptions.Multiline).Select(m => m.Groups["name"].Value);
        Assert.Empty(all.Distinct().Except(Others).Except(ItemOptions.All.Select(o => o.Option)));
        Assert.All(ItemOptions.All.Where(o => o.Option.Length > 0), option =>
        {
            var listed = new Regex($@"^  (-\w, )?{option.Option}(?![\w-])", RegexOptions.Multiline);
            Assert.Equal(option.Commands.HasFlag(ToolCommands.Prune), listed.IsMatch(prune));
            // The metadata Plan is the --plan that apply reads; SavePlan is the --plan that prune writes.
            bool ofApply = option.Commands.HasFlag(ToolCommands.Apply) || option.Option == "--plan";
            Assert.Equal(ofApply, listed.IsMatch(apply));
        });
    }
}
