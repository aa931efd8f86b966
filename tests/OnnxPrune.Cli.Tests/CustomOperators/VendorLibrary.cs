using System.Diagnostics;
using System.Reflection;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CustomOperators;

/// <summary>The library of custom operators in vendor_act.c, compiled against the headers of the ONNX Runtime that the tests use.</summary>
internal static class VendorLibrary
{
    /// <summary>Why the library cannot be compiled here; null if it can.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() ? "the library is compiled on Linux only"
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "cc"))) ? null
        : "there is no C compiler";

    /// <summary>Compiles the library.</summary>
    public static void Compile(string library)
    {
        string headers = typeof(VendorLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "OnnxRuntimeHeaders").Value!;
        string source = Path.Combine(RepositoryRoot.Path, "tests/OnnxPrune.Cli.Tests/CustomOperators/vendor_act.c");
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-I", headers, source, "-o", library]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }
}
