using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>Reads ONNX models without copying their weights, and writes them whole or not at all.</summary>
public static class ModelFile
{
    private const long LargestMessage = int.MaxValue - 1024L;

    /// <summary>Maps and parses <paramref name="path"/>; weights, inline or external, stay in the mapped files.</summary>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP1002 not a model, OP1003 no graph, OP1004 external data.</exception>
    public static OnnxModel Load(string path)
    {
        var model = Parse(path);
        if (model.Graph is null || model.Graph.Node.Count == 0)
            throw new OnnxPruneException(ErrorCodes.NoGraph, "the model has no graph, or a graph without nodes; there is nothing to prune", path);
        var external = ExternalTensors.Attach(model, path);
        return new OnnxModel(model, path, external.Count > 0) { Files = [Path.GetFullPath(path), .. external] };
    }

    /// <summary>
    /// Writes <paramref name="model"/> beside <paramref name="path"/>, flushes, and renames. Models over 2 GiB, and those that were
    /// read from external data, keep their weights in <c>NAME.onnx.data</c>.
    /// </summary>
    /// <returns>Bytes written, external data included.</returns>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written. An existing file is then left as it was.</exception>
    public static long Save(OnnxModel model, string path)
    {
        using var files = new OutputFiles();
        long bytes = files.Save(model, path);
        files.Commit();
        return bytes;
    }

    /// <summary>Writes <paramref name="model"/> as one of <paramref name="files"/>, its external data before it.</summary>
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

    private static long InlineSize(ModelProto model) => TensorWalk.All(model).Sum(t => (long)t.RawData.Length);
}
