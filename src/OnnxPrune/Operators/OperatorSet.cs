using System.Diagnostics.CodeAnalysis;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Advanced;

/// <summary>
/// The operators that an analysis knows: a value, which is extended by making another. What is in no set is legal in a model: it is pinned,
/// with a warning.
/// </summary>
public sealed class OperatorSet
{
    private readonly Func<Node, Operator?> find;

    private OperatorSet(IReadOnlyList<OperatorEntry> entries, Func<Node, Operator?> find)
    {
        Entries = entries;
        this.find = find;
    }

    /// <summary>Every operator that the compiler knows by itself: ai.onnx, and those of com.microsoft.</summary>
    public static OperatorSet Default { get; } = Of(OperatorTable.Entries);

    /// <summary>The entries, alphabetically within a domain.</summary>
    public IReadOnlyList<OperatorEntry> Entries { get; }

    /// <summary>The operators that were added to the default ones.</summary>
    public IReadOnlyList<OperatorEntry> Added { get; private init; } = [];

    /// <summary>This set and more operators; where both have an operator for an opset, the new one counts.</summary>
    public OperatorSet With(params IReadOnlyList<OperatorEntry> entries)
    {
        var more = Lookup(entries);
        return new([.. entries, .. Entries], node => more(node) ?? find(node)) { Added = [.. Added, .. entries] };
    }

    /// <summary>This set with another rule for some nodes: what <paramref name="rule"/> returns, unless that is null.</summary>
    public OperatorSet With(Func<Node, Operator?> rule) => new(Entries, node => rule(node) ?? find(node)) { Added = Added };

    /// <summary>The operator of a node, or null where the set does not have it.</summary>
    public Operator? Find(Node node) => find(node);

    /// <summary>The linear view of a node; null if there is no node, or it has none.</summary>
    internal LinearView? LinearOf(Node? node) => node is null ? null : find(node)?.LinearOf(node);

    /// <summary>The view of a node as a normalisation; null if there is no node, or it is none.</summary>
    internal NormalizationView? NormalizationOf(Node? node) => node is null ? null : find(node)?.NormalizationOf(node);

    /// <summary>True for a node that computes this function of its elements.</summary>
    internal bool Computes(ElementFunction function, [NotNullWhen(true)] Node? node) => node is not null && find(node)?.FunctionOf(node) == function;

    /// <summary>How the outputs of a node jump.</summary>
    internal Jump JumpOf(Node node) => find(node)?.JumpOf(node) ?? Jump.None;

    private static OperatorSet Of(IReadOnlyList<OperatorEntry> entries) => new(entries, Lookup(entries));

    private static Func<Node, Operator?> Lookup(IReadOnlyList<OperatorEntry> entries)
    {
        var byName = entries.ToLookup(e => (e.Domain, e.OpType));
        return node => byName[(node.Domain, node.OpType)].FirstOrDefault(e => node.Opset >= e.FirstOpset && node.Opset <= e.LastOpset)?.Operator;
    }
}
