using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A model loaded on ONNX Runtime.</summary>
public sealed class ModelSession : IDisposable
{
    private const long LargestInMemory = int.MaxValue - 1024L;
    private readonly InferenceSession session;
    private readonly string? temporaryFolder;

    private ModelSession(InferenceSession session, string? temporaryFolder)
    {
        this.session = session;
        this.temporaryFolder = temporaryFolder;
    }

    /// <summary>Names of the outputs, in the model's order.</summary>
    public IReadOnlyList<string> Outputs => session.OutputNames;

    /// <summary>Names of the inputs, in the model's order.</summary>
    public IReadOnlyList<string> Inputs => session.InputNames;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="provider">Where to run it.</param>
    /// <param name="exactIntegers">True to compute quantised products without saturation on every processor, at some cost in time, where the runtime has kernels for that.</param>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model; OP6002: the provider cannot be loaded.</exception>
    public static ModelSession Load(OnnxModel model, ExecutionProvider provider, bool exactIntegers = false)
    {
        using var options = SessionConfiguration.Create(provider, exactIntegers);
        if (exactIntegers) model = IntegersPerUse.Of(model);
        try
        {
            long size = model.Proto.Graph.Initializer.Sum(t => (long)t.RawData.Length);
            if (size < LargestInMemory) return new ModelSession(new InferenceSession(model.Proto.ToByteArray(), options), null);
            string folder = Directory.CreateTempSubdirectory("onnxprune-").FullName;
            string path = Path.Combine(folder, "model.onnx");
            ModelFile.Save(model, path);
            return new ModelSession(new InferenceSession(path, options), folder);
        }
        catch (OnnxRuntimeException) when (exactIntegers)
        {
            return Load(model, provider);
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxPruneException(ErrorCodes.RuntimeRejectedModel, $"ONNX Runtime rejects the model: {e.Message.ReplaceLineEndings(" ")}", model.Path, e);
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
            using var results = session.Run(options, inputs.Keys.ToList(), values, session.OutputNames);
            return results.Select(HostTensor.FromOrtValue).ToList();
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxPruneException(ErrorCodes.RuntimeRejectedModel, $"ONNX Runtime cannot run the model: {e.Message.ReplaceLineEndings(" ")}", null, e);
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        if (temporaryFolder is not null) Directory.Delete(temporaryFolder, recursive: true);
    }
}
