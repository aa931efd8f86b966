using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>One step along axes whose indices belong together.</summary>
/// <param name="Through">The node that couples this axis with the one before; null at the start.</param>
/// <param name="Value">The value.</param>
/// <param name="Axis">The axis; null where it is no longer the axis but its size, as a number in this value, that matters.</param>
/// <param name="From">The position of the axis before in the list of hops; -1 at the start.</param>
internal sealed record AxisHop(Node? Through, Value Value, int? Axis, int From)
{
    /// <inheritdoc/>
    public override string ToString() => Axis is { } axis ? $"{Value.Name}[{axis}]" : $"a size in {Value.Name}";
}
