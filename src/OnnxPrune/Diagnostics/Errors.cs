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

    /// <summary>
    /// True for what an operator's rule throws on a node that is not what the specification says: operands or attributes missing, or of the
    /// wrong rank. There is no end to the ways in which a node can be wrong, so rules do not check them all; such a node is left alone.
    /// </summary>
    public static bool IsMisfit(Exception e) => e is OnnxPruneException or ArgumentException or IndexOutOfRangeException
        or InvalidOperationException or NullReferenceException or OverflowException or DivideByZeroException;

    public static OnnxPruneException Internal(string what) =>
        new(ErrorCodes.InternalError, $"internal check failed: {what}; nothing was written, please report this with the model");
}
