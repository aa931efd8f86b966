using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>Checks the ONNX Runtime of this process and its providers on this machine. No method throws: a failure is a result.</summary>
public static class RuntimeProbe
{
    private static readonly Dictionary<string, string> FullNames = new(StringComparer.Ordinal)
    {
        ["cpu"] = "CPUExecutionProvider",
        ["cuda"] = "CUDAExecutionProvider",
        ["tensorrt"] = "TensorrtExecutionProvider",
    };

    /// <summary>The names of the execution providers: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public static IReadOnlyList<string> Providers { get; } = [.. FullNames.Keys];

    /// <summary>The version of the native library; null if it cannot be loaded.</summary>
    public static string? Version() => Attempt(() => OrtEnv.Instance().GetVersionString()).Value;

    /// <summary>True if the native library was built with a provider.</summary>
    public static bool IsBuiltIn(string provider) =>
        Attempt(() => OrtEnv.Instance().GetAvailableProviders()).Value?.Contains(FullNames[provider]) ?? false;

    /// <summary>
    /// Runs a model with one node on a provider, without fallback to the CPU, and returns the reason of a failure; null for success.
    /// </summary>
    public static string? Problem(string provider) => Attempt(() => Run(provider)).Problem;

    private static string Run(string provider)
    {
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL; // a provider logs at the level of the process, not of the session
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
