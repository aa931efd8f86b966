using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>A node that computes constants from constants.</summary>
/// <param name="Node">The node.</param>
/// <param name="Results">Its results by output.</param>
/// <param name="Origin">
/// The initializer whose elements are at the same places in the result: it takes part in arithmetic element by element only. Null for none.
/// </param>
internal sealed record FoldedNode(NodeProto Node, IReadOnlyList<ConstantValue> Results, string? Origin);
