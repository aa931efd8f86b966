using System.Text.RegularExpressions;
using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>A model is pruned when there is a reason to, and only then; what a build made, Clean and later builds remove.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class IncrementalBuildTests(PackedPackages packages) : IDisposable
{
    private const string App = "app/app.csproj", Bin = "app/bin/Debug/net10.0", Obj = "app/obj/Debug/net10.0/onnxprune";
    private const string Up = "Skipping target \"_PruneOnnxModel\" because all output files are up-to-date";
    private const long Original = 248706;

    private readonly BuiltProject built = new(packages);

    /// <inheritdoc/>
    public void Dispose() => built.Dispose();

    [Fact]
    public void From_the_first_build_over_changes_to_clean()
    {
        built.Write(App, """<OnnxPrune Include="models\*.onnx" Budget="macs=50%" ExcludeNodes="/normalize/*;*Div" NoCache="false" />""");

        string targets = "-t:ResolveReferences;Compile;GetCopyToOutputDirectoryItems;PruneOnnxModels";
        string[] designTime = [targets, "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"];
        built.Dotnet("build", App, designTime).Succeeded();
        Assert.Empty(built.Models("app/obj"));

        var first = built.Dotnet("build", App).Succeeded();
        Assert.Contains("verified on cpu", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", first.Output.Replace("0 Warning(s)", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(built.Models(Bin)["models/lenet.onnx"], 1, Original * 3 / 4);
        var written = File.GetLastWriteTimeUtc(built.At($"{Obj}/models/lenet.onnx"));

        Assert.Contains(Up, built.Dotnet("build", App).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(built.At($"{Obj}/models/lenet.onnx")));

        File.SetLastWriteTimeUtc(built.At("app/models/lenet.onnx"), DateTime.UtcNow);
        Assert.DoesNotContain(Up, built.Dotnet("build", App).Succeeded().Output, StringComparison.Ordinal);
        Assert.True(File.GetLastWriteTimeUtc(built.At($"{Obj}/models/lenet.onnx")) > written);

        long half = built.Models(Bin)["models/lenet.onnx"];
        Assert.DoesNotContain(Up, built.Dotnet("build", App, "-p:OnnxPruneRoundTo=5").Succeeded().Output, StringComparison.Ordinal);
        Assert.NotEqual(half, built.Models(Bin)["models/lenet.onnx"]);

        built.Dotnet("publish", App, "-c", "Debug", "-p:OnnxPruneRoundTo=5", "--no-build").Succeeded();
        Assert.Equal(built.Models(Bin)["models/lenet.onnx"], built.Models($"{Bin}/publish")["models/lenet.onnx"]);

        built.Dotnet("clean", App).Succeeded();
        Assert.Equal(["publish/models/lenet.onnx"], built.Models(Bin).Keys);
        Assert.False(Directory.Exists(built.At(Obj)));
    }

    [Fact]
    public void Results_of_items_that_are_gone_go_and_one_model_does_not_rebuild_another()
    {
        string both = """
            <OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" />
            <OnnxPrune Include="models/lenet.onnx" Link="small%3Ber.onnx" Budget="macs=BUDGET" CopyToPublishDirectory="Never" />
            """;
        built.Write(App, both.Replace("BUDGET", "40%", StringComparison.Ordinal));
        string log = built.Dotnet("build", App, "-v:m").Succeeded().Output;
        Assert.Equal(2, Regex.Count(log, @"models/lenet\.onnx -> obj/.*: \d\d\.\d% of the MACs, \d\d\.\d% of the parameters, cut verified, "));
        Assert.Equal(["models/lenet.onnx", "small;er.onnx"], built.Models(Bin).Keys);
        var written = File.GetLastWriteTimeUtc(built.At($"{Obj}/models/lenet.onnx"));

        built.Write(App, both.Replace("BUDGET", "30%", StringComparison.Ordinal));
        built.Dotnet("publish", App, "-c", "Debug").Succeeded();
        Assert.Equal(written, File.GetLastWriteTimeUtc(built.At($"{Obj}/models/lenet.onnx")));
        Assert.Equal(["models/lenet.onnx"], built.Models($"{Bin}/publish").Keys);

        built.Write(App, """<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" />""");
        built.Dotnet("build", App).Succeeded();
        Assert.DoesNotContain("small;er.onnx", built.Models(Bin).Keys);
        Assert.DoesNotContain("small;er.onnx", built.Models(Obj).Keys);
    }
}
