using Onnx;

namespace OnnxPrune.Model;

/// <summary>A model and where it came from.</summary>
/// <param name="Proto">The protobuf message; its weights may lie in mapped files and must not be changed in place.</param>
/// <param name="Path">The file it was read from, or null.</param>
/// <param name="HasExternalData">True when its weights were kept in files of their own; it is then saved the same way.</param>
public sealed record OnnxModel(ModelProto Proto, string? Path = null, bool HasExternalData = false)
{
    /// <summary>The full paths of the files it was read from: its own and those of its external data; empty where it was not read.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
