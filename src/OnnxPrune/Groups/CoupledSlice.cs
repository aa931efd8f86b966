using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Advanced;

/// <summary>One occurrence of a group: an axis of a weight.</summary>
/// <param name="Weight">The weight, in the use that the group couples.</param>
/// <param name="Axis">The axis.</param>
public sealed record CoupledSlice(Value Weight, int Axis);
