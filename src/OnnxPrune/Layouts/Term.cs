using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>The four kinds of layout term.</summary>
internal enum TermKind : byte
{
    /// <summary>Indices that are never removed.</summary>
    Fixed,

    /// <summary>A dimension variable: indices that may be removed.</summary>
    Leaf,

    /// <summary>Parts one after the other.</summary>
    Concat,

    /// <summary>A row-major nest, outermost factor first.</summary>
    Product,
}

/// <summary>A layout term: an index into a <see cref="TermArena"/>.</summary>
/// <param name="Id">The index.</param>
public readonly record struct Term(int Id);

/// <summary>Why indices are never removed.</summary>
/// <param name="Operator">The operator that demands it, or a word for the graph's own demands.</param>
/// <param name="Node">The node, as messages name it.</param>
/// <param name="Why">What it needs.</param>
public sealed record PinReason(string Operator, string Node, string Why)
{
    /// <summary>Why an axis is pinned that an operator never lets go, such as the window of a convolution.</summary>
    public const string NeverPruned = "this axis is never pruned";

    /// <summary>No particular reason: the size is part of the operator's own arithmetic.</summary>
    public static readonly PinReason None = new("", "", "");

    /// <summary>Why an axis is pinned whose size a node computes with.</summary>
    public const string ComputesWithSize = "computes with this size";

    /// <summary>Why an axis is pinned whose size a sub-graph computes with.</summary>
    public const string ReadsSizeInside = "reads this size inside a sub-graph";

    /// <summary>Why an axis is pinned whose size is a result of the model.</summary>
    public const string SizeIsOutput = "its size is a graph output";

    /// <summary>True where it is the size that matters, not what lies along the axis.</summary>
    public bool ConcernsSize => Why is ComputesWithSize or ReadsSizeInside or SizeIsOutput;

    /// <inheritdoc/>
    public override string ToString() => Node.Length == 0 ? Why : $"{Node}: {Why}";
}
