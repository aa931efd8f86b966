using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Library;

/// <summary>A console program of a user: the example in a package's README, with a reference to the package.</summary>
internal static partial class ConsumerProject
{
    private const string Native = "Microsoft.ML.OnnxRuntime";

    /// <summary>
    /// Writes the project <c>app.csproj</c> with further properties, and its program; with OnnxPrune.Runtime goes the native package that its README
    /// tells to add, of the version that this repository has.
    /// </summary>
    public static void Write(Workplace place, PackedPackages packages, string package, string properties = "", bool hasNativeRuntime = true)
    {
        place.Write("Program.cs", "using System;\nusing System.IO;\n" + Example(package));
        string reference = $"""<PackageReference Include="{Native}" Version="{NativeVersion()}" />""";
        string native = hasNativeRuntime && package == "OnnxPrune.Runtime" ? reference : "";
        place.Write("app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{packages.Version}" />
                {native}
              </ItemGroup>
            </Project>
            """);
    }

    private static string NativeVersion() => XElement.Load(Path.Combine(RepositoryRoot.Path, "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(p => p.Attribute("Include")!.Value == Native).Attribute("Version")!.Value;

    private static string Example(string package)
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", package, "README.md"));
        return Fence().Match(readme).Groups["code"].Value;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
