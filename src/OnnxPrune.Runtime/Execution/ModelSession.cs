using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A model loaded on ONNX Runtime.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly LoadedSession loaded;

    private ModelSession(LoadedSession loaded) => this.loaded = loaded;

    /// <summary>Names of the outputs, in the model's order.</summary>
    public IReadOnlyList<string> Outputs => loaded.Session.OutputNames;

    /// <summary>Names of the inputs, in the model's order.</summary>
    public IReadOnlyList<string> Inputs => loaded.Session.InputNames;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="provider">Where to run it.</param>
    /// <param name="exactIntegers">True to compute quantised products without saturation on every processor, at some cost in time, where the runtime
    /// has kernels for that.</param>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model; OP6002: the provider cannot be loaded.</exception>
    public static ModelSession Load(OnnxModel model, ExecutionProvider provider, bool exactIntegers = false)
    {
        using var options = SessionConfiguration.Create(provider, exactIntegers);
        if (exactIntegers) model = IntegersPerUse.Of(ExplicitZeroPoints.Of(model));
        try
        {
            return new ModelSession(LoadedSession.Open(model, options));
        }
        catch (OnnxPruneException) when (exactIntegers)
        {
            return Load(model, provider);
        }
    }

    /// <summary>Runs the model and returns its outputs in the model's order.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime fails on these inputs.</exception>
    public IReadOnlyList<HostTensor> Run(IReadOnlyDictionary<string, HostTensor> inputs)
    {
        var values = inputs.Values.Select(t => t.ToOrtValue()).ToList();
        try
        {
            using var options = new RunOptions();
            using var results = loaded.Session.Run(options, inputs.Keys.ToList(), values, loaded.Session.OutputNames);
            return results.Select(HostTensor.FromOrtValue).ToList();
        }
        catch (OnnxRuntimeException e)
        {
            throw LoadedSession.CannotRun(e);
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => loaded.Dispose();
}
