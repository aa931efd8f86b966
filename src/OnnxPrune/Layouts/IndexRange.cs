using OnnxPrune.Model;

namespace OnnxPrune.Layouts;

/// <summary>Neighbouring indices of one axis of a value, counted at the nominal sizes.</summary>
/// <param name="Value">The value.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Start">The first index.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct IndexRange(Value Value, int Axis, long Start, long Length)
{
    /// <summary>True for ranges of the same axis.</summary>
    public bool IsOnAxisOf(IndexRange other) => Value == other.Value && Axis == other.Axis;

    /// <summary>True for ranges that share indices.</summary>
    public bool Overlaps(IndexRange other) => IsOnAxisOf(other) && Start < other.Start + other.Length && other.Start < Start + Length;

    /// <summary>The part of this range that lies in it as <paramref name="part"/> lies in <paramref name="whole"/>, which is as long.</summary>
    public IndexRange Within(IndexRange part, IndexRange whole)
    {
        long first = Math.Max(part.Start, whole.Start), end = Math.Min(part.Start + part.Length, whole.Start + whole.Length);
        return this with { Start = Start + first - whole.Start, Length = end - first };
    }
}
