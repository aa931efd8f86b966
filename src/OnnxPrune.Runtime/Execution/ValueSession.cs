using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A model loaded on ONNX Runtime whose inputs and outputs stay values of the runtime: nothing is copied between runs.</summary>
internal sealed class ValueSession : IDisposable
{
    private readonly LoadedSession loaded;

    private ValueSession(LoadedSession loaded) => this.loaded = loaded;

    /// <summary>Loads a model.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model; OP6002: the provider cannot be loaded.</exception>
    public static ValueSession Load(ModelProto model, ExecutionProvider provider)
    {
        using var options = SessionConfiguration.Create(provider);
        return new ValueSession(LoadedSession.Open(new OnnxModel(model), options));
    }

    /// <summary>Runs the model; the values belong to the caller.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime fails on these inputs.</exception>
    public IReadOnlyDictionary<string, OrtValue> Run(IReadOnlyDictionary<string, OrtValue> values)
    {
        try
        {
            var session = loaded.Session;
            using var options = new RunOptions();
            var results = session.Run(options, session.InputNames.ToList(), session.InputNames.Select(n => values[n]).ToList(), session.OutputNames);
            return session.OutputNames.Zip(results).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
        catch (OnnxRuntimeException e)
        {
            throw LoadedSession.CannotRun(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => loaded.Dispose();
}
