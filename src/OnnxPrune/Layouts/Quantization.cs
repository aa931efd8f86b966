using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>How an operator reads the numbers of one of its inputs or outputs: as (q - zero point) · scale.</summary>
/// <param name="Scales">The slots whose product is the scale; none where it is 1.</param>
/// <param name="ZeroPoint">The slot of the zero point. It is 0 where this is null, or the node has no input there.</param>
/// <param name="Axis">The axis that scales and zero points of more than one element run along; negative counts from the back.</param>
/// <param name="Block">How many indices of that axis share a scale, where scales have the rank of the numbers; 0 where they do not.</param>
public sealed record Quantization(IReadOnlyList<int> Scales, int? ZeroPoint, int Axis = 0, long Block = 0);
