namespace OnnxPrune.Diagnostics;

/// <summary>Builds the failures that several stages share, each with its cure.</summary>
internal static class Errors
{
    public static OnnxPruneException NotAModel(string? file, string what, Exception? inner = null) =>
        new(ErrorCodes.NotAModel, $"not an ONNX model: {what}; export the model again, or check that the download is complete", file, inner);

    public static OnnxPruneException Malformed(string what) =>
        new(ErrorCodes.MalformedGraph, $"the graph is malformed: {what}; export the model again, or repair it with its exporter");

    public static OnnxPruneException ExternalData(string? file, string what) =>
        new(ErrorCodes.ExternalData, $"external data: {what}; copy the data file beside the model as its exporter left it", file);

    /// <summary>
    /// True for what an operator's rule throws on a node that is not what the specification says: operands or attributes missing, or of the
    /// wrong rank. The node is left alone. Everything else that a rule throws is a defect of the rule.
    /// </summary>
    public static bool IsMisfit(Exception e) => e is OnnxPruneException { Code: not ErrorCodes.InternalError };

    /// <summary>The failure of a rule that threw an exception of its own.</summary>
    public static OnnxPruneException Defect(string node, string stage, Exception e) => new(
        ErrorCodes.InternalError,
        $"the rule for {node} failed while {stage} ({e.GetType().Name}: {e.Message}); nothing was written, please report this with the model",
        inner: e);

    public static OnnxPruneException Internal(string what) =>
        new(ErrorCodes.InternalError, $"internal check failed: {what}; nothing was written, please report this with the model");
}
