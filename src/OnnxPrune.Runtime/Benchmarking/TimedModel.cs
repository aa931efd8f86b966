using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>
/// A model on ONNX Runtime as it is deployed: every optimization of the runtime, a fixed number of threads. A run is timed from inputs in
/// host memory to outputs in host memory.
/// </summary>
internal sealed class TimedModel : ITimed, IDisposable
{
    private readonly LoadedSession loaded;
    private readonly RunOptions options = new();
    private List<string> names = [];
    private List<OrtValue> values = [];

    private TimedModel(LoadedSession loaded) => this.loaded = loaded;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="provider">Where to run it.</param>
    /// <param name="threads">Threads that compute one operator.</param>
    /// <param name="profileFolder">Where the runtime writes down what each node takes, until <see cref="EndProfiling"/>; null for nowhere.</param>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model; OP6002: the provider cannot be loaded.</exception>
    public static TimedModel Load(OnnxModel model, ExecutionProvider provider, int threads, string? profileFolder = null)
    {
        using var options = SessionConfiguration.Timed(provider, threads);
        if (profileFolder is not null)
        {
            options.ProfileOutputPathPrefix = Path.Combine(profileFolder, "profile"); // is read when profiling is enabled
            options.EnableProfiling = true;
        }
        return new TimedModel(LoadedSession.Open(model, options));
    }

    /// <summary>Takes the inputs of all runs, and runs once.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime fails on these inputs; OP6004: there is none for an input of the model.</exception>
    public void Feed(IReadOnlyDictionary<string, HostTensor> inputs)
    {
        if (loaded.Session.InputNames.FirstOrDefault(name => !inputs.ContainsKey(name)) is { } missing)
            throw new OnnxPruneException(ErrorCodes.CannotBeTimed, $"the models cannot be compared: only one of them has the input '{missing}'");
        Release();
        names = [.. loaded.Session.InputNames];
        values = names.ConvertAll(name => inputs[name].ToOrtValue());
        Run();
    }

    /// <inheritdoc/>
    public double Run()
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            using var results = loaded.Session.Run(options, names, values, loaded.Session.OutputNames);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        catch (OnnxRuntimeException e)
        {
            throw LoadedSession.CannotRun(e);
        }
    }

    /// <summary>Ends profiling and returns the path of what was written.</summary>
    public string EndProfiling() => loaded.Session.EndProfiling();

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        options.Dispose();
        loaded.Dispose();
    }

    private void Release() => values.ForEach(v => v.Dispose());
}
