using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Execution;

/// <summary>Session options for a provider. A provider that was asked for and cannot be loaded is an error, never a fallback.</summary>
internal static class SessionConfiguration
{
    /// <param name="provider">The execution provider.</param>
    /// <param name="exactIntegers">
    /// True for exact sums of 8-bit products everywhere: x64 processors without VNNI saturate them in pairs at 16 bits by default, so that
    /// which channels are neighbours changes results.
    /// </param>
    public static SessionOptions Create(ExecutionProvider provider, bool exactIntegers = false)
    {
        var options = Quiet(provider);
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // waiting threads leave the cores to others
        if (exactIntegers) options.AddSessionConfigEntry("session.x64quantprecision", "1");
        options.AddSessionConfigEntry("session.qdq_matmulnbits_accuracy_level", "1"); // products of dequantised weights in float32, as the graph says
        if (provider.Name == "cuda") AppendCuda(options, provider, tensorFloats: false);
        RegisterCustomOps(options, provider);
        return options;
    }

    /// <summary>The options of deployed models: the runtime's defaults with a given number of threads.</summary>
    /// <param name="provider">The execution provider.</param>
    /// <param name="threads">The number of threads per operator.</param>
    public static SessionOptions Timed(ExecutionProvider provider, int threads)
    {
        var options = Quiet(provider);
        (options.IntraOpNumThreads, options.InterOpNumThreads) = (threads, 1);
        if (provider.Name == "cuda") AppendCuda(options, provider, tensorFloats: true);
        RegisterCustomOps(options, provider);
        return options;
    }

    private static void RegisterCustomOps(SessionOptions options, ExecutionProvider provider)
    {
        foreach (string library in provider.CustomOps)
        {
            try
            {
                options.RegisterCustomOpLibrary(Path.GetFullPath(library));
            }
            catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                options.Dispose();
                throw new OnnxPruneException(
                    ErrorCodes.CustomOperatorsUnavailable, $"the library of custom operators cannot be loaded: {e.Message}", library, e);
            }
        }
    }

    // TF32 rounds the operands of matrix products to 10 bits, far outside the tolerance of the verification.
    private static void AppendCuda(SessionOptions options, ExecutionProvider provider, bool tensorFloats)
    {
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string>
            {
                ["device_id"] = provider.Device.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["use_tf32"] = tensorFloats ? "1" : "0",
            });
            options.AppendExecutionProvider_CUDA(cuda);
        }
        catch (Exception e) when (NativeFailure.Is(e))
        {
            options.Dispose();
            throw Unavailable(provider, e);
        }
    }

    // Where the native library is not there, the first call into it fails.
    private static SessionOptions Quiet(ExecutionProvider provider)
    {
        try
        {
            return new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        }
        catch (Exception e) when (NativeFailure.Is(e))
        {
            throw Unavailable(provider, e);
        }
    }

    private static OnnxPruneException Unavailable(ExecutionProvider provider, Exception e) => new(
        ErrorCodes.ProviderUnavailable,
        $"the execution provider {provider} cannot be loaded: {NativeFailure.Reason(e)}; {NativeFailure.Cure(e, provider)}",
        null,
        e);
}
