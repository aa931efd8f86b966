using OnnxPrune.Model;

namespace OnnxPrune.Operators;

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

    private static OperatorSet Of(IReadOnlyList<OperatorEntry> entries) => new(entries, Lookup(entries));

    private static Func<Node, Operator?> Lookup(IReadOnlyList<OperatorEntry> entries)
    {
        var byName = entries.ToLookup(e => (e.Domain, e.OpType));
        return node => byName[(node.Domain, node.OpType)].FirstOrDefault(e => node.Opset >= e.FirstOpset && node.Opset <= e.LastOpset)?.Operator;
    }
}
