using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>What a Slice takes of one axis, with negative and overlong positions resolved.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Size">Its size.</param>
/// <param name="Start">The first index taken.</param>
/// <param name="End">The index at which it stops.</param>
/// <param name="Step">The distance between indices.</param>
internal readonly record struct SliceRange(int Axis, Size Size, Size Start, Size End, Size Step)
{
    /// <summary>How many indices are taken.</summary>
    public Size Count => Size.Map(End - Start, Step, (length, step) => step == 0 ? 0 : Math.Max(0, (length + step - Math.Sign(step)) / step));

    /// <summary>True when all indices are taken in order.</summary>
    public bool IsWhole => Step.IsOne && Start.Same(Size.Zero) && End.Same(Size);

    /// <summary>True when indices are taken from the back to the front, at least one.</summary>
    public bool IsBackward => Step.IsConcrete && Step.Value < 0 && Start.IsConcrete && Count.IsConcrete && Count.Value > 0;

    /// <summary>The range of the same indices, from the front to the back.</summary>
    public SliceRange Ascending => IsBackward ? this with { Start = Start + ((Count - Size.One) * Step), End = Start + Size.One, Step = Size.Zero - Step } : this;

    /// <summary>True when of every <see cref="Step"/> indices exactly one is taken, the same of each.</summary>
    public bool TakesOnePerStep => Size.One.Below(Step) && Step.Divides(Size) && Start.IsKnown && Start.Below(Step) && (Count * Step).Same(Size);

    /// <summary>
    /// Where the indices taken with a step above 1 are one of every block of that many, blocks being counted from the front of the axis:
    /// the first index of the first block, and the end of the last; null elsewhere.
    /// </summary>
    public (Size First, Size End)? Blocks
    {
        get
        {
            if (TakesOnePerStep) return (Size.Zero, Size);
            if (!Size.IsConcrete || !Start.IsConcrete || !End.IsConcrete || !Step.IsConcrete || Step.Value < 2 || Count.Value == 0) return null;
            var first = Start / Step * Step;
            var end = first + (Count * Step);
            return end.AtMost(Size) ? (first, end) : null;
        }
    }

    /// <summary>Resolves positions against the size of the axis, as the specification of Slice-13 says.</summary>
    public static SliceRange Of(int axis, Size size, Size start, Size end, Size step)
    {
        if (!size.IsKnown || !start.IsKnown || !end.IsKnown || !step.IsKnown) return new SliceRange(axis, size, Size.Unknown, Size.Unknown, step);
        Span<long> first = stackalloc long[Size.Stored], last = stackalloc long[Size.Stored];
        for (int v = 0; v < Size.Stored; v++)
        {
            bool backward = step[v] < 0;
            first[v] = Math.Clamp(FromFront(start[v], size[v]), 0, backward ? Math.Max(0, size[v] - 1) : size[v]);
            last[v] = Math.Clamp(FromFront(end[v], size[v]), backward ? -1 : 0, backward ? Math.Max(0, size[v] - 1) : size[v]);
        }
        return new SliceRange(axis, size, new Size(first), new Size(last), step);
    }

    private static long FromFront(long position, long size) => position >= 0 ? Math.Min(position, size) : position < -size ? -1 : position + size;
}
