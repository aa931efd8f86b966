using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>
/// Projects that use the packed build integration, in a folder whose name has what breaks scripts: blanks, brackets and a letter beyond ASCII.
/// </summary>
internal sealed class BuiltProject : IDisposable
{
    private const string Folder = "my (né) app";
    private readonly HashSet<string> restored = [];
    private readonly Workplace place;

    /// <summary>A folder with LeNet in <c>app/models</c>; projects are yet to be written.</summary>
    public BuiltProject(PackedPackages packages)
    {
        place = new Workplace(packages);
        place.Write($"{Folder}/Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup Condition="'$(UsesOnnxPrune)' == 'True'">
                <PackageReference Include="OnnxPrune.MSBuild" Version="{packages.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        Directory.CreateDirectory(At("app/models"));
        File.Copy(RepositoryRoot.Model("lenet-mnist.onnx"), At("app/models/lenet.onnx"));
    }

    /// <summary>The full path of a file beside the projects.</summary>
    public string At(string name) => place.File($"{Folder}/{name}");

    /// <summary>Writes a project with the package, and these properties and items.</summary>
    public void Write(string project, string items, string properties = "<OutputType>Exe</OutputType>")
    {
        string source = properties.Contains("Exe", StringComparison.Ordinal) ? """System.Console.WriteLine("ran");""" : "public class Nothing { }";
        place.Write($"{Folder}/{Path.GetDirectoryName(project)}/Source.cs", source);
        place.Write($"{Folder}/{project}", $"""
            <Project>
              <PropertyGroup>
                <UsesOnnxPrune>{items.Contains("<OnnxPrune", StringComparison.Ordinal)}</UsesOnnxPrune>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """);
    }

    /// <summary>
    /// Runs dotnet on a project, as talkative as it takes to see which targets are skipped. Packages are restored at the first time: what tests change
    /// in a project afterwards are no packages.
    /// </summary>
    public CommandResult Dotnet(string command, string project, params IEnumerable<string> options)
    {
        string[] further = command == "clean" ? [] : restored.Add(project) ? ["-v:n"] : ["-v:n", "--no-restore"];
        return place.Dotnet([command, At(project), .. further, .. options]);
    }

    /// <summary>Builds a project in a process that heeds an interrupt, whatever the one that runs the tests does.</summary>
    public CommandResult BuildInterruptibly(string project) =>
        place.Run("env", "--default-signal=INT", Running.Dotnet.Host, "build", At(project));

    /// <summary>The sizes in bytes of all models and weights in a folder, by their paths within.</summary>
    public SortedDictionary<string, long> Models(string folder)
    {
        var files = Directory.Exists(At(folder)) ? Directory.EnumerateFiles(At(folder), "*.onnx*", SearchOption.AllDirectories) : [];
        var sizes = files.ToDictionary(f => Path.GetRelativePath(At(folder), f).Replace('\\', '/'), f => new FileInfo(f).Length);
        return new(sizes, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();
}
