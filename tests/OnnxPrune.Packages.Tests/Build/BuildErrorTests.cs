using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>What goes wrong is an error of the build with code and file, and leaves no result.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class BuildErrorTests(PackedPackages packages) : IDisposable
{
    private const string App = "app/app.csproj";

    private readonly BuiltProject built = new(packages);
    private bool hasBuilt;

    /// <inheritdoc/>
    public void Dispose() => built.Dispose();

    [Fact]
    public void Metadata_are_checked_before_anything_is_pruned()
    {
        Fails(
            """
            <OnnxPrune Include="models/lenet.onnx" Budgt="macs=50%" Budget="macs=50%" NoVerify="perhaps" CopyToOutputDirectory="Sometimes" />
            """,
            "lenet.onnx : error OP7001: OnnxPrune items have no metadata 'Budgt'; did you mean Budget?",
            "lenet.onnx : error OP7005: NoVerify cannot be 'perhaps'; it is one of true or false",
            "lenet.onnx : error OP7005: CopyToOutputDirectory cannot be 'Sometimes'; it is one of Never, Always, PreserveNewest, IfDifferent");
        Fails("""<OnnxPrune Include="models/lenet.onnx" />""", "lenet.onnx : error OP7002: nothing says what to remove; give Budget");
        Fails("""<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" Plan="plan.json" />""", "error OP7002: Budget and Plan both say");
        Fails(
            """<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" /><OnnxPrune Include="models/lenet.onnx" Budget="macs=40%" />""",
            "error OP7003: its result and that of 'models/lenet.onnx' are both 'models/lenet.onnx'");
        Fails(
            """<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" Link="../../x.onnx" />""",
            "error OP7004: its result '../../x.onnx' would be outside");
    }

    [Fact]
    public void What_the_tool_says_is_an_error_with_its_code_and_its_file()
    {
        string item = """<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" MORE />""";
        Fails(item.Replace("MORE", "MaxSparsity=\"10%\"", StringComparison.Ordinal), "models/lenet.onnx : error OP4002: ", "a higher MaxSparsity");
        Fails(item.Replace("MORE", "MaxMacs=\"40%\"", StringComparison.Ordinal), "models/lenet.onnx : error OP4010: ", "which exceeds MaxMacs 40%");
        Fails(item.Replace("MORE", "Criterion=\"l22\"", StringComparison.Ordinal), "models/lenet.onnx : error OP2001: Criterion");
        Fails(item.Replace("MORE", "RoundTo=\"many\"", StringComparison.Ordinal), "models/lenet.onnx : error OP2001: RoundTo");
        Fails(item.Replace("MORE", "Dim=\"nosuch=1\"", StringComparison.Ordinal), "models/lenet.onnx : error OP2001: Dim: the model has no");
        string plain = item.Replace("MORE", "", StringComparison.Ordinal);
        Fails(plain.Replace("models/lenet.onnx", "models/none.onnx", StringComparison.Ordinal), "models/none.onnx : error OP1001: ");
        Fails(plain, ["error OP7006: "], "-p:OnnxPruneDotnet=/none/host");
        Fails(plain, ["error OP7006: the tool is missing"], "-p:OnnxPruneTool=/none/tool.dll");
    }

    [Fact]
    public void An_interrupted_build_ends_the_tool_and_leaves_no_result()
    {
        if (!OperatingSystem.IsLinux()) return;
        // The metric is measured by an offspring of the build.
        File.WriteAllText(built.At("app/interrupt.sh"), """
            p=$PPID
            while ! tr '\0' ' ' < /proc/$p/cmdline | grep -q 'dotnet build '; do p=$(awk '/^PPid/ { print $2 }' /proc/$p/status); done
            kill -INT $p
            sleep 600

            """);
        built.Write(App, """<OnnxPrune Include="models/lenet.onnx" Budget="macs=50%" Scope="search" MetricCommand="sh interrupt.sh {model}" />""");

        var result = built.BuildInterruptibly(App).FailedWith(1);

        Assert.Contains("because the build was canceled", result.Output, StringComparison.Ordinal);
        Assert.Equal(["Debug/net10.0/onnxprune/models/lenet.onnx.options.txt"], built.Models("app/obj").Keys);
        var running = Directory.EnumerateDirectories("/proc").Select(CommandLine);
        Assert.DoesNotContain(running, line => line.Contains(packages.RestoredPackages, StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Fails(string items, params string[] errors) => Fails(items, errors, []);

    // The first is a whole build; the others leave out compilation, which comes before pruning and takes longest.
    private void Fails(string items, string[] errors, params string[] options)
    {
        built.Write(App, items);
        var result = built.Dotnet("build", App, hasBuilt ? ["-t:PruneOnnxModels", .. options] : options).FailedWith(1);
        hasBuilt = true;
        Assert.All(errors, error => Assert.Contains(error, result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("error MSB", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"error OP\d+: .*--(?!verbose)[a-z]", result.Output);
        Assert.Empty(built.Models("app/bin"));
        Assert.DoesNotContain("lenet.onnx", built.Models("app/obj").Keys.Select(Path.GetFileName));
    }
}
