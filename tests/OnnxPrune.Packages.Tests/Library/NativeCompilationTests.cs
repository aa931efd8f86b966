using System.Runtime.InteropServices;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Library;

/// <summary>
/// The libraries in programs that are trimmed and compiled ahead of time. The analyzers check every build; this needs a C toolchain, and
/// takes a minute, so that it runs on demand.
/// </summary>
[Collection(PackedPackagesTests.Name)]
public sealed class NativeCompilationTests(PackedPackages packages) : IDisposable
{
    private readonly Workplace place = new(packages);

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("OnnxPrune", "smaller.onnx: ")]
    [InlineData("OnnxPrune.Runtime", "Verified: ")]
    public void A_native_program_does_what_the_managed_one_does(string package, string expected)
    {
        // Google.Protobuf has a warning of its own, in code that nothing here calls.
        const string Properties = "<PublishAot>true</PublishAot><WarningsNotAsErrors>IL2104;IL3053</WarningsNotAsErrors>";
        ConsumerProject.Write(place, packages, package, Properties);
        string rid = RuntimeInformation.RuntimeIdentifier;
        var published = place.Dotnet("publish", "-c", "Release", "-r", rid, "-o", place.File("native")).Succeeded();
        Assert.DoesNotContain("Assembly 'OnnxPrune", published.Output, StringComparison.Ordinal);
        string program = place.File(OperatingSystem.IsWindows() ? "native/app.exe" : "native/app");
        string output = place.Run(program, RepositoryRoot.Model("resnet20-cifar10.onnx"), place.File("smaller.onnx")).Succeeded().Output;
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
