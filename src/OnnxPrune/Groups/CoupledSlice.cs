using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Advanced;

/// <summary>One place where a group occurs: an axis of a weight.</summary>
/// <param name="Weight">The weight, in the use that couples it.</param>
/// <param name="Axis">The axis.</param>
public sealed record CoupledSlice(Value Weight, int Axis);
