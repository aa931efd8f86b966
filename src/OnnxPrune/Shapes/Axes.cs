using System.Collections;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// The known facts about the axes of one operand, first axis first. If a rule reads an axis that the operand does not have, the node does not fit
/// the rule. A rule therefore needs no check of the rank.
/// </summary>
/// <typeparam name="T">A size, a layout, or a bit.</typeparam>
public readonly struct Axes<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T>? known;
    private readonly Node? node;

    internal Axes(Node node, IReadOnlyList<T> axes)
    {
        this.node = node;
        known = axes;
    }

    private IReadOnlyList<T> All => known ?? [];

    /// <summary>The rank.</summary>
    public int Count => All.Count;

    /// <summary>The rank.</summary>
    public int Length => All.Count;

    /// <summary>The known fact about an axis.</summary>
    /// <exception cref="InfeasibleShapeException">The operand does not have this axis.</exception>
    public T this[int axis] => axis >= 0 && axis < All.Count ? All[axis] : throw Misfit($"axis {axis}");

    /// <summary>The axes as an array. Do not change the array.</summary>
    public static implicit operator T[](Axes<T> axes) => axes.All as T[] ?? [.. axes.All];

    /// <summary>A range of axes, such as <c>[2..]</c>.</summary>
    /// <exception cref="InfeasibleShapeException">The operand does not have these axes.</exception>
    public T[] Slice(int start, int length) => start >= 0 && length >= 0 && start + length <= All.Count
        ? [.. All.Skip(start).Take(length)]
        : throw Misfit($"axes {start} to {start + length - 1}");

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private InfeasibleShapeException Misfit(string asked) => new($"{node?.Label}: an operand of rank {Count} has no {asked}");
}
