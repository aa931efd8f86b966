using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace OnnxPrune.Cli.Machines;

/// <summary>The processor of this machine.</summary>
internal static class Processor
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>The name that the system reports, or else the architecture.</summary>
    public static string Name() =>
        FromCpuInfo() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The sets of vector instructions that decide how fast models run.</summary>
    public static IReadOnlyList<string> Instructions() => [.. All().Where(set => set.IsSupported).Select(set => set.Name)];

    private static (string Name, bool IsSupported)[] All() =>
    [
        ("AVX2", Avx2.IsSupported),
        ("FMA", Fma.IsSupported),
        ("AVX-512", Avx512F.IsSupported),
        ("AVX-VNNI", AvxVnni.IsSupported),
        ("NEON", AdvSimd.IsSupported),
        ("Dot product", Dp.IsSupported),
    ];

    private static string? FromCpuInfo()
    {
        if (!File.Exists(CpuInfo)) return null;
        string? line = File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim();
    }
}
