using System.Runtime.InteropServices;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Cli.Machines;

/// <summary>The requirements of the execution providers for NVIDIA devices.</summary>
internal static class ProviderNeeds
{
    private const string Package =
        "dotnet tool uninstall --global OnnxPrune.Tool, then dotnet tool install --global OnnxPrune.Tool.Gpu";

    private static string Searched => OperatingSystem.IsWindows() ? "PATH" : "LD_LIBRARY_PATH";

    private static readonly Need[] Cuda =
    [
        new("NVIDIA driver", ["libcuda.so.1"], ["nvcuda.dll"], "install the driver of the device"),
        new(
            "CUDA 13",
            ["libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libcurand.so.10"],
            ["cublas64_13.dll", "cublasLt64_13.dll"],
            $"install the CUDA 13 toolkit or its runtime libraries, and put them on {Searched}"),
        new("cuDNN 9", ["libcudnn.so.9"], ["cudnn64_9.dll"], $"install cuDNN 9 for CUDA 13, and put it on {Searched}"),
    ];

    private static readonly Need TensorRt = new(
        "TensorRT 10",
        ["libnvinfer.so.10", "libnvonnxparser.so.10"],
        ["nvinfer_10.dll", "nvonnxparser_10.dll"],
        $"install TensorRT 10 for CUDA 13, and put it on {Searched}");

    /// <summary>The missing parts of a provider.</summary>
    public static IReadOnlyList<MissingPart> Missing(string provider) => provider switch
    {
        "cpu" => [],
        _ when OperatingSystem.IsMacOS() => [new("NVIDIA device", [], "use Linux or Windows: there is no CUDA for macOS")],
        "tensorrt" => [.. OfPackage(provider), .. MissingOf([.. Cuda, TensorRt])],
        _ => [.. OfPackage(provider), .. MissingOf(Cuda)],
    };

    private static IEnumerable<MissingPart> OfPackage(string provider)
    {
        if (RuntimeProbe.IsBuiltIn(provider)) yield break;
        bool isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        yield return new("OnnxPrune.Tool.Gpu", [], isX64 ? Package : "use linux-x64 or win-x64: ONNX Runtime has no CUDA for other platforms");
    }

    private static IEnumerable<MissingPart> MissingOf(IEnumerable<Need> needs) =>
        from need in needs
        let files = need.Files.Where(file => !Loads(file)).ToList()
        where files.Count > 0
        select new MissingPart(need.What, files, need.Cure);

    private static bool Loads(string file)
    {
        if (!NativeLibrary.TryLoad(file, out nint handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }

    private sealed record Need(string What, string[] OnLinux, string[] OnWindows, string Cure)
    {
        public string[] Files => OperatingSystem.IsWindows() ? OnWindows : OnLinux;
    }
}
