using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>The kinds of layout term.</summary>
internal enum TermKind : byte
{
    /// <summary>Indices that are never removed.</summary>
    Fixed,

    /// <summary>A dimension variable: indices that may be removed.</summary>
    Leaf,

    /// <summary>A concatenation of parts.</summary>
    Concat,

    /// <summary>A row-major product, outermost factor first.</summary>
    Product,

    /// <summary>The indices of another term in another order.</summary>
    Permuted,
}

/// <summary>A layout term: an index into a <see cref="TermArena"/>.</summary>
/// <param name="Id">The index.</param>
public readonly record struct Term(int Id);

/// <summary>The reason why indices are never removed.</summary>
/// <param name="Operator">The operator that pins the indices, or a word for the requirements of the graph.</param>
/// <param name="Node">The node, as messages name it.</param>
/// <param name="Why">The requirement.</param>
public sealed record PinReason(string Operator, string Node, string Why)
{
    /// <summary>The reason for an axis that an operator never prunes, such as the window of a convolution.</summary>
    public const string NeverPruned = "this axis is never pruned";

    /// <summary>No particular reason: the size is part of the arithmetic of the operator.</summary>
    public static readonly PinReason None = new("", "", "");

    /// <summary>The reason for an axis whose size a node computes with.</summary>
    public const string ComputesWithSize = "computes with this size";

    /// <summary>The reason for an axis whose size a sub-graph reads.</summary>
    public const string ReadsSizeInside = "reads this size inside a sub-graph";

    /// <summary>The reason for an axis whose size is an output of the model.</summary>
    public const string SizeIsOutput = "its size is a graph output";

    /// <summary>True if the reason is the size of the axis, not the data along the axis.</summary>
    public bool ConcernsSize => Why is ComputesWithSize or ReadsSizeInside or SizeIsOutput;

    /// <inheritdoc/>
    public override string ToString() => Node.Length == 0 ? Why : $"{Node}: {Why}";
}
