using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>What the ONNX Runtime of this process is, and what it can do on this machine. Nothing here throws: what fails is an answer.</summary>
public static class RuntimeProbe
{
    private static readonly Dictionary<string, string> FullNames = new(StringComparer.Ordinal)
    {
        ["cpu"] = "CPUExecutionProvider",
        ["cuda"] = "CUDAExecutionProvider",
        ["tensorrt"] = "TensorrtExecutionProvider",
    };

    /// <summary>The execution providers that can be asked for: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public static IReadOnlyList<string> Providers { get; } = [.. FullNames.Keys];

    /// <summary>The version of the native library; null where it cannot be loaded.</summary>
    public static string? Version() => Attempt(() => OrtEnv.Instance().GetVersionString()).Value;

    /// <summary>True where the native library was built with a provider.</summary>
    public static bool IsBuiltIn(string provider) =>
        Attempt(() => OrtEnv.Instance().GetAvailableProviders()).Value?.Contains(FullNames[provider]) ?? false;

    /// <summary>
    /// Runs a model of one node on a provider, without the processor to fall back to, and returns why that fails; null where it works.
    /// </summary>
    public static string? Problem(string provider) => Attempt(() => Run(provider)).Problem;

    private static string Run(string provider)
    {
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL; // loading a provider logs by the process, not by the session
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (provider != "cpu") options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        if (provider == "cuda") options.AppendExecutionProvider_CUDA();
        if (provider == "tensorrt") options.AppendExecutionProvider_Tensorrt();
        using var session = new InferenceSession(OneNode().ToByteArray(), options);
        using var input = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["x"], [input], ["y"]);
        return "";
    }

    private static ModelProto OneNode()
    {
        var type = new TypeProto
        {
            TensorType = new()
            {
                ElemType = (int)ElementType.Float,
                Shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimValue = 4 } } },
            },
        };
        return new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
            Graph = new()
            {
                Name = "probe",
                Input = { new ValueInfoProto { Name = "x", Type = type } },
                Output = { new ValueInfoProto { Name = "y", Type = type } },
                Node = { new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "y" } } },
            },
        };
    }

    private static (T? Value, string? Problem) Attempt<T>(Func<T> work)
        where T : class
    {
        try
        {
            return (work(), null);
        }
        catch (Exception e) when (NativeFailure.Is(e))
        {
            return (null, NativeFailure.Reason(e));
        }
    }
}
