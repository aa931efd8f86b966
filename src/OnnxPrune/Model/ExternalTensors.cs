using System.Globalization;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>Tensor data kept in files of its own (ONNX external data): mapped on load, written aligned on save.</summary>
internal static class ExternalTensors
{
    private const int Alignment = 64;
    private const int SmallestDetached = 1024;

    /// <summary>Gives every external tensor of <paramref name="model"/> its bytes, mapped from the files beside <paramref name="path"/>.</summary>
    /// <returns>The full paths of these files.</returns>
    public static IReadOnlyList<string> Attach(ModelProto model, string path)
    {
        var open = new Dictionary<string, MappedFile>(StringComparer.Ordinal);
        foreach (var tensor in TensorWalk.All(model))
        {
            if (tensor.DataLocation == TensorProto.Types.DataLocation.External) Attach(tensor, path, open);
        }
        return [.. open.Keys.Select(location => FullPath(location, path))];
    }

    /// <summary>
    /// A copy of <paramref name="model"/> whose larger tensors are written to <c>NAME.data</c> beside <paramref name="path"/>, and their bytes.
    /// </summary>
    public static (ModelProto Model, long Bytes) Detach(ModelProto model, string path, OutputFiles files)
    {
        var copy = model.Clone();
        string data = path + ".data", location = Path.GetFileName(data);
        using var stream = files.Create(data);
        foreach (var tensor in TensorWalk.All(copy).Where(t => t.RawData.Length >= SmallestDetached)) Detach(tensor, location, stream);
        return (copy, stream.Length);
    }

    private static void Attach(TensorProto tensor, string path, Dictionary<string, MappedFile> open)
    {
        string? Entry(string key) => tensor.ExternalData.FirstOrDefault(e => e.Key == key)?.Value;
        string location = Entry("location") ?? throw Errors.ExternalData(path, $"tensor '{tensor.Name}' names no file");
        var file = Open(location, tensor, path, open);
        long offset = Number(Entry("offset"), 0, tensor, path);
        long length = Number(Entry("length"), file.Length - offset, tensor, path);
        if (offset < 0 || length < 0 || length > int.MaxValue || offset > file.Length - length)
            throw Errors.ExternalData(path, $"tensor '{tensor.Name}' reaches past the end of '{location}' ({file.Length} bytes)");
        tensor.RawData = length == 0 ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(file.Slice(offset, (int)length));
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    private static MappedFile Open(string location, TensorProto tensor, string path, Dictionary<string, MappedFile> open)
    {
        if (open.TryGetValue(location, out var file)) return file;
        if (Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
            throw Errors.ExternalData(path, $"tensor '{tensor.Name}' names '{location}', which lies outside the model's folder");
        if (location.Contains('\0', StringComparison.Ordinal))
            throw Errors.ExternalData(path, $"tensor '{tensor.Name}' names a file with a null character");
        string full = FullPath(location, path);
        if (!File.Exists(full)) throw Errors.ExternalData(path, $"tensor '{tensor.Name}' needs the file '{location}', which is missing");
        if (new FileInfo(full).Length == 0) throw Errors.ExternalData(path, $"the file '{location}' is empty");
        try
        {
            return open[location] = MappedFile.Open(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.ExternalData(path, $"the file '{location}' cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static string FullPath(string location, string path) => Path.GetFullPath(location, Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static long Number(string? text, long otherwise, TensorProto tensor, string path)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Errors.ExternalData(path, $"tensor '{tensor.Name}' has '{text}' where a number belongs");
    }

    private static void Detach(TensorProto tensor, string location, FileStream stream)
    {
        stream.Position = (stream.Position + Alignment - 1) / Alignment * Alignment;
        tensor.ExternalData.Clear();
        void Entry(string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        Entry("location", location);
        Entry("offset", stream.Position.ToString(CultureInfo.InvariantCulture));
        Entry("length", tensor.RawData.Length.ToString(CultureInfo.InvariantCulture));
        tensor.RawData.WriteTo(stream);
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
    }
}
