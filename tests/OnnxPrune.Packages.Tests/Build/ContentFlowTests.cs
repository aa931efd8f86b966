using OnnxPrune.Model;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>Pruned models go where content goes.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class ContentFlowTests(PackedPackages packages) : IDisposable
{
    private const string App = "app/app.csproj", Bin = "app/bin/Debug/net10.0";

    private readonly BuiltProject built = new(packages);

    /// <inheritdoc/>
    public void Dispose() => built.Dispose();

    [Fact]
    public void To_projects_that_refer_to_a_project_with_several_target_frameworks()
    {
        built.Write(
            "lib/lib.csproj",
            """<OnnxPrune Include="../app/models/lenet.onnx" LinkBase="nets" Budget="macs=50%" />""",
            "<TargetFramework /><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>");
        built.Write("lib2/lib2.csproj", """<ProjectReference Include="../lib/lib.csproj" />""", "");
        built.Write(App, """<ProjectReference Include="../lib2/lib2.csproj" />""");

        built.Dotnet("publish", App, "-c", "Debug", "-m:4").Succeeded();

        long size = built.Models(Bin)["nets/lenet.onnx"];
        Assert.Equal(size, built.Models($"{Bin}/publish")["nets/lenet.onnx"]);
        built.Dotnet("build", "lib/lib.csproj", "-m:4").Succeeded();
        Assert.Equal(["net10.0/nets/lenet.onnx", "netstandard2.0/nets/lenet.onnx"], built.Models("lib/bin/Debug").Keys);
    }

    [Fact]
    public void In_place_of_the_original_where_that_is_content_and_by_a_plan()
    {
        built.Write(App, """
            <Content Include="models/lenet.onnx" CopyToOutputDirectory="Always" />
            <OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" SavePlan="models/plan.json" Report="report.json" />
            """);
        built.Dotnet("build", App).Succeeded();
        var pruned = built.Models(Bin);
        Assert.InRange(pruned["models/lenet.onnx"], 1, 200_000);
        Assert.True(File.Exists(built.At("app/report.json")));

        built.Write(
            App,
            """<OnnxPrune Include="models/lenet.onnx" Plan="models/plan.json" />""",
            "<OutputType>Exe</OutputType><OnnxPruneBudget>macs=90%</OnnxPruneBudget>");
        built.Dotnet("build", App, "-p:Configuration=Release").Succeeded();
        Assert.Equal(pruned["models/lenet.onnx"], built.Models("app/bin/Release/net10.0")["models/lenet.onnx"]);
    }

    [Fact]
    public void With_weights_in_a_file_of_their_own()
    {
        var model = ModelFile.Load(built.At("app/models/lenet.onnx"));
        ModelFile.Save(model with { HasExternalData = true }, built.At("app/models/big.onnx"));
        File.Delete(built.At("app/models/lenet.onnx"));
        built.Write(App, """<OnnxPrune Include="models/big.onnx" Link="net.onnx" Budget="macs=50%" />""");

        built.Dotnet("publish", App, "-c", "Debug").Succeeded();
        Assert.Equal(["net.onnx", "net.onnx.data", "publish/net.onnx", "publish/net.onnx.data"], built.Models(Bin).Keys);

        built.Dotnet("build", App).Succeeded();
        var written = File.GetLastWriteTimeUtc(built.At($"{Bin}/net.onnx.data"));
        File.SetLastWriteTimeUtc(built.At("app/models/big.onnx.data"), DateTime.UtcNow);
        built.Dotnet("build", App).Succeeded();
        Assert.True(File.GetLastWriteTimeUtc(built.At($"{Bin}/net.onnx.data")) > written);
    }
}
