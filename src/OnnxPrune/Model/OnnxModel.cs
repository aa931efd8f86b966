using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune;

/// <summary>A model and its source file. A model never changes: every stage creates a new model.</summary>
public sealed record OnnxModel
{
    /// <param name="proto">The protobuf message. Its weights may be in mapped files and must not be changed in place.</param>
    /// <param name="path">The file of the model, or null.</param>
    /// <param name="hasExternalData">True if the weights are in separate files.</param>
    internal OnnxModel(ModelProto proto, string? path = null, bool hasExternalData = false) =>
        (Proto, Path, HasExternalData) = (proto, path, hasExternalData);

    /// <summary>The file of the model, or null.</summary>
    public string? Path { get; init; }

    /// <summary>True if the weights are in separate files; the model is then saved in the same way.</summary>
    public bool HasExternalData { get; init; }

    /// <summary>The full paths of the model file and its external data files; empty for a model that was not read from a file.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The protobuf message. Its weights may be in mapped files and must not be changed in place.</summary>
    internal ModelProto Proto { get; init; }

    /// <summary>The names that several nodes shared in the file. All nodes but the first have another name here.</summary>
    internal IReadOnlyList<string> SharedNodeNames { get; init; } = [];

    /// <summary>Parses a serialized <c>ModelProto</c> with inline weights.</summary>
    /// <param name="model">The bytes of an ONNX file. The method copies them.</param>
    /// <exception cref="OnnxPruneException">OP1002: not a model; OP1003: no graph; OP1004: the weights are in other files.</exception>
    public static OnnxModel Parse(ReadOnlySpan<byte> model) => ModelFile.Parse(model);

    /// <summary>Writes the model as one serialized <c>ModelProto</c> with inline weights.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the model is over 2 GiB, the limit of one message.</exception>
    public void WriteTo(Stream stream) => ModelFile.Write(this, stream);
}
