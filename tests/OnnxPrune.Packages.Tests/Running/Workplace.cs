using System.Xml.Linq;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Running;

/// <summary>
/// A new folder outside the repository, as on a machine that has never seen OnnxPrune: dotnet's home and NuGet's folder are the tests' own;
/// packages come from the machine's sources and the packed ones.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string?> variables;

    /// <summary>A new folder with a NuGet.config.</summary>
    public Workplace(PackedPackages packages)
    {
        Directory.CreateDirectory(Path);
        string home = folder.File("home");
        variables = new()
        {
            ["DOTNET_CLI_HOME"] = home,
            ["NUGET_PACKAGES"] = packages.RestoredPackages,
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        };
        MachineSources.CopyTo(home);
        Write("NuGet.config", NuGetConfig(packages.Feed));
    }

    /// <summary>The folder in which commands run.</summary>
    public string Path => folder.File("work");

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, and the folders above it, and returns its path.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Runs dotnet in the folder.</summary>
    public CommandResult Dotnet(params IEnumerable<string> args) => Running.Dotnet.Run(Path, variables, args);

    /// <summary>Runs a program in the folder.</summary>
    public CommandResult Run(string program, params IEnumerable<string> args) => Running.Dotnet.Run(program, Path, variables, args);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static string NuGetConfig(params IEnumerable<string> folders) => new XElement(
        "configuration",
        new XElement("packageSources", folders.Where(Directory.Exists).Select((source, i) =>
            new XElement("add", new XAttribute("key", $"local {i}"), new XAttribute("value", source))))).ToString();
}
