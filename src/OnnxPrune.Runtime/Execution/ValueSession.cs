using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A model loaded on ONNX Runtime whose inputs and outputs stay values of the runtime: nothing is copied between runs.</summary>
internal sealed class ValueSession : IDisposable
{
    private readonly InferenceSession session;

    private ValueSession(InferenceSession session) => this.session = session;

    /// <summary>Loads a model.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model; OP6002: the provider cannot be loaded.</exception>
    public static ValueSession Load(ModelProto model, ExecutionProvider provider)
    {
        using var options = SessionConfiguration.Create(provider);
        try
        {
            return new ValueSession(new InferenceSession(model.ToByteArray(), options));
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxPruneException(ErrorCodes.RuntimeRejectedModel, $"ONNX Runtime rejects the model: {e.Message.ReplaceLineEndings(" ")}", null, e);
        }
    }

    /// <summary>Runs the model; the values belong to the caller.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime fails on these inputs.</exception>
    public IReadOnlyDictionary<string, OrtValue> Run(IReadOnlyDictionary<string, OrtValue> values)
    {
        try
        {
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
    public void Dispose() => session.Dispose();
}
