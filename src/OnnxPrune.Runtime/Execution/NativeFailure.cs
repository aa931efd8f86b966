using Microsoft.ML.OnnxRuntime;

namespace OnnxPrune.Runtime.Execution;

/// <summary>What goes wrong between the managed API and the native library of ONNX Runtime.</summary>
internal static class NativeFailure
{
    /// <summary>True for the exceptions that the native library, or its absence, leads to.</summary>
    public static bool Is(Exception e) =>
        Cause(e) is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException;

    /// <summary>What is wrong, in one line.</summary>
    public static string Reason(Exception e) => Cause(e) switch
    {
        DllNotFoundException => "the native library of ONNX Runtime is missing",
        EntryPointNotFoundException => "this build of ONNX Runtime does not have it",
        { } cause when IsWithoutProvider(cause.Message) => "this build of ONNX Runtime does not have it",
        { } cause => cause.Message.ReplaceLineEndings(" ").Trim(),
    };

    /// <summary>What to do about it on a provider.</summary>
    public static string Cure(Exception e, ExecutionProvider provider) => Cause(e) switch
    {
        DllNotFoundException => "reference the package Microsoft.ML.OnnxRuntime, or OnnxPrune.Runtime.Gpu for CUDA",
        { } cause when cause is EntryPointNotFoundException || IsWithoutProvider(cause.Message) =>
            "install the package OnnxPrune.Tool.Gpu in place of OnnxPrune.Tool, "
            + "or reference OnnxPrune.Runtime.Gpu in place of Microsoft.ML.OnnxRuntime",
        _ => $"{provider} needs an NVIDIA driver, CUDA 13 and cuDNN 9, and 'onnxprune doctor' says what is missing",
    };

    private static bool IsWithoutProvider(string message) =>
        message.Contains("not enabled in this build", StringComparison.Ordinal)
        || (message.Contains("onnxruntime_providers_", StringComparison.Ordinal) && message.Contains("No such file", StringComparison.Ordinal)
            && !message.Contains("libcu", StringComparison.Ordinal));

    private static Exception Cause(Exception e) => e is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : e;
}
