using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>The quantisation of an input or output of an operator: a stored number q means (q - zero point) · scale.</summary>
/// <param name="Scales">The slots whose product is the scale; empty if the scale is 1.</param>
/// <param name="ZeroPoint">The slot of the zero point. The zero point is 0 if this is null, or if the node has no input in the slot.</param>
/// <param name="Axis">The axis of scales and zero points with more than one element; negative numbers count from the last axis. Scales and zero points
/// of several axes run along this axis with their last axis, and along the leading axes with the others.</param>
/// <param name="Block">The number of indices of that axis that share a scale, if scales have the rank of the numbers; otherwise 0.</param>
public sealed record Quantization(IReadOnlyList<int> Scales, int? ZeroPoint, int Axis = 0, long Block = 0);
