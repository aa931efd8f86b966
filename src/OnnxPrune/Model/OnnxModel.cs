using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune;

/// <summary>A model and where it came from. It is never changed: every stage makes a model of its own.</summary>
public sealed record OnnxModel
{
    /// <param name="proto">The protobuf message; its weights may lie in mapped files and must not be changed in place.</param>
    /// <param name="path">The file it was read from, or null.</param>
    /// <param name="hasExternalData">True when its weights were kept in files of their own.</param>
    internal OnnxModel(ModelProto proto, string? path = null, bool hasExternalData = false) =>
        (Proto, Path, HasExternalData) = (proto, path, hasExternalData);

    /// <summary>The file it was read from, or null.</summary>
    public string? Path { get; init; }

    /// <summary>True when its weights were kept in files of their own; it is then saved the same way.</summary>
    public bool HasExternalData { get; init; }

    /// <summary>The full paths of the files it was read from: its own and those of its external data; empty where it was not read.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The protobuf message; its weights may lie in mapped files and must not be changed in place.</summary>
    internal ModelProto Proto { get; init; }

    /// <summary>Parses a serialized <c>ModelProto</c> whose weights are inline.</summary>
    /// <param name="model">The bytes of an ONNX file; they are copied.</param>
    /// <exception cref="OnnxPruneException">OP1002 not a model, OP1003 no graph, OP1004 weights in other files.</exception>
    public static OnnxModel Parse(ReadOnlySpan<byte> model) => ModelFile.Parse(model);

    /// <summary>Writes the model as one serialized <c>ModelProto</c>, weights inline.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the model is over 2 GiB, more than one message can hold.</exception>
    public void WriteTo(Stream stream) => ModelFile.Write(this, stream);
}
