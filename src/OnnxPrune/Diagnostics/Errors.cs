namespace OnnxPrune.Diagnostics;

/// <summary>Builds the failures that several stages share, each with its cure.</summary>
internal static class Errors
{
    public static OnnxPruneException NotAModel(string file, string what, Exception? inner = null) =>
        new(ErrorCodes.NotAModel, $"not an ONNX model: {what}; export the model again, or check that the download is complete", file, inner);

    public static OnnxPruneException Malformed(string what) =>
        new(ErrorCodes.MalformedGraph, $"the graph is malformed: {what}; export the model again, or repair it with its exporter");

    public static OnnxPruneException ExternalData(string file, string what) =>
        new(ErrorCodes.ExternalData, $"external data: {what}; copy the data file beside the model as its exporter left it", file);

    public static OnnxPruneException Internal(string what) =>
        new(ErrorCodes.InternalError, $"internal check failed: {what}; nothing was written, please report this with the model");
}
