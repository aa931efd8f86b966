using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune;

/// <summary>Reads ONNX models without copying their weights, and writes models completely or not at all.</summary>
public static class ModelFile
{
    private const long LargestMessage = int.MaxValue - 1024L;

    /// <summary>Maps and parses <paramref name="path"/>; inline and external weights stay in the mapped files.</summary>
    /// <exception cref="OnnxPruneException">OP1001: the file cannot be read; OP1002: it is not a model; OP1003: it has no graph; OP1004: external
    /// data cannot be read.</exception>
    public static OnnxModel Load(string path)
    {
        var model = WithGraph(Parse(path), path);
        var external = ExternalTensors.Attach(model, path);
        return new OnnxModel(model, path, external.Count > 0) { Files = [Path.GetFullPath(path), .. external], SharedNodeNames = UniqueNodeNames.Apply(model.Graph) };
    }

    /// <summary>
    /// Writes <paramref name="model"/> to a temporary file beside <paramref name="path"/>, flushes the file, and renames it. A model over 2 GiB, or a
    /// model that was read from external data, keeps its weights in <c>NAME.onnx.data</c>.
    /// </summary>
    /// <returns>The number of written bytes, including external data.</returns>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written. An existing file does not change.</exception>
    public static long Save(OnnxModel model, string path)
    {
        using var files = new OutputFiles();
        long bytes = files.Save(model, path);
        files.Commit();
        return bytes;
    }

    /// <summary>Parses a message in memory with inline weights.</summary>
    internal static OnnxModel Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(bytes);
            if (TensorWalk.All(model).FirstOrDefault(t => t.DataLocation == TensorProto.Types.DataLocation.External) is { } external)
                throw Errors.ExternalData(null, $"tensor '{external.Name}' lies in another file; load the model from its file");
            return new OnnxModel(WithGraph(model, null)) { SharedNodeNames = UniqueNodeNames.Apply(model.Graph) };
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Errors.NotAModel(null, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Writes <paramref name="model"/> as one message.</summary>
    internal static void Write(OnnxModel model, Stream stream)
    {
        if (InlineSize(model.Proto) > LargestMessage)
            throw new OnnxPruneException(ErrorCodes.FileNotWritable, "the model is over 2 GiB, more than a protobuf message can hold; save it to a file");
        model.Proto.WriteTo(stream);
    }

    /// <summary>Writes <paramref name="model"/> as one of <paramref name="files"/>, after its external data.</summary>
    internal static long Write(OnnxModel model, string path, OutputFiles files)
    {
        var (proto, detached) = (model.Proto, 0L);
        if (model.HasExternalData || InlineSize(proto) > LargestMessage) (proto, detached) = ExternalTensors.Detach(proto, path, files);
        using var stream = files.Create(path);
        proto.WriteTo(stream);
        return stream.Length + detached;
    }

    private static ModelProto Parse(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists) throw new FileNotFoundException("no such file");
            if (info.Length == 0) throw Errors.NotAModel(path, "the file is empty");
            if (info.Length > int.MaxValue) throw Errors.NotAModel(path, "it is over 2 GiB, more than a protobuf message can hold");
            var file = MappedFile.Open(path);
            return SkeletonReader.Read(file.Slice, (int)file.Length);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
        {
            throw Errors.NotAModel(path, e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }

    private static ModelProto WithGraph(ModelProto model, string? path) => model.Graph is { Node.Count: > 0 }
        ? model
        : throw new OnnxPruneException(ErrorCodes.NoGraph, "the model has no graph, or a graph without nodes; there is nothing to prune", path);

    private static long InlineSize(ModelProto model) => TensorWalk.All(model).Sum(t => (long)t.RawData.Length);
}
