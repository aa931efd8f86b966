using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A session of ONNX Runtime; a model that is too large for one message goes through a temporary folder, which goes with it.</summary>
internal sealed class LoadedSession : IDisposable
{
    private const long LargestInMemory = int.MaxValue - 1024L;
    private readonly string? temporaryFolder;

    private LoadedSession(InferenceSession session, string? temporaryFolder) => (Session, this.temporaryFolder) = (session, temporaryFolder);

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <summary>Opens a session of a model.</summary>
    /// <exception cref="OnnxPruneException">OP6001: the runtime rejects the model.</exception>
    public static LoadedSession Open(OnnxModel model, SessionOptions options)
    {
        try
        {
            long size = model.Proto.Graph.Initializer.Sum(t => (long)t.RawData.Length);
            return size < LargestInMemory
                ? new LoadedSession(new InferenceSession(model.Proto.ToByteArray(), options), null)
                : OpenFile(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxPruneException(
                ErrorCodes.RuntimeRejectedModel, $"ONNX Runtime rejects the model: {e.Message.ReplaceLineEndings(" ")}", model.Path, e);
        }
    }

    /// <summary>The failure of a run.</summary>
    public static OnnxPruneException CannotRun(OnnxRuntimeException e) =>
        new(ErrorCodes.RuntimeRejectedModel, $"ONNX Runtime cannot run the model: {e.Message.ReplaceLineEndings(" ")}", null, e);

    private static LoadedSession OpenFile(OnnxModel model, SessionOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("onnxprune-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            ModelFile.Save(model, path);
            return new LoadedSession(new InferenceSession(path, options), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        if (temporaryFolder is not null) Directory.Delete(temporaryFolder, recursive: true);
    }
}
