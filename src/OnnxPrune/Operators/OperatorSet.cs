using System.Diagnostics.CodeAnalysis;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Advanced;

/// <summary>
/// The operators that an analysis knows. An operator set is immutable: an extension creates a new set. A model may contain operators that are not in
/// the set. The analysis pins their inputs and outputs, with a warning.
/// </summary>
public sealed class OperatorSet
{
    private readonly Func<Node, Operator?> find;

    private OperatorSet(IReadOnlyList<OperatorEntry> entries, Func<Node, Operator?> find)
    {
        Entries = entries;
        this.find = find;
    }

    /// <summary>Every built-in operator: the operators of ai.onnx, ai.onnx.ml and com.microsoft.</summary>
    public static OperatorSet Default { get; } = Of(OperatorTable.Entries);

    /// <summary>The entries, in alphabetical order within a domain.</summary>
    public IReadOnlyList<OperatorEntry> Entries { get; }

    /// <summary>The operators that were added to the default operators.</summary>
    public IReadOnlyList<OperatorEntry> Added { get; private init; } = [];

    /// <summary>This set with more operators. If both sets have an operator for an opset, the new operator takes precedence.</summary>
    public OperatorSet With(params IReadOnlyList<OperatorEntry> entries)
    {
        var more = Lookup(entries);
        return new([.. entries, .. Entries], node => more(node) ?? find(node)) { Added = [.. Added, .. entries] };
    }

    /// <summary>This set with another rule for some nodes: the result of <paramref name="rule"/>, unless the result is null.</summary>
    public OperatorSet With(Func<Node, Operator?> rule) => new(Entries, node => rule(node) ?? find(node)) { Added = Added };

    /// <summary>The operator of a node; null if the set does not have the operator.</summary>
    public Operator? Find(Node node) => find(node);

    /// <summary>The first opset at which this set has the operator of a node; null unless the opset of the node is older than that.</summary>
    internal long? FirstOpsetAfter(Node node)
    {
        if (node.Opset == 0) return null;
        var opsets = Entries.Where(e => e.Domain == node.Domain && e.OpType == node.OpType).Select(e => e.FirstOpset).ToList();
        return opsets.Count > 0 && opsets.Min() > node.Opset ? opsets.Min() : null;
    }

    /// <summary>The linear view of a node; null without a node or without the view.</summary>
    internal LinearView? LinearOf(Node? node) => node is null ? null : find(node)?.LinearOf(node);

    /// <summary>The normalisation view of a node; null without a node or without the view.</summary>
    internal NormalizationView? NormalizationOf(Node? node) => node is null ? null : find(node)?.NormalizationOf(node);

    /// <summary>True if a node computes this function for each element.</summary>
    internal bool Computes(ElementFunction function, [NotNullWhen(true)] Node? node) => node is not null && find(node)?.FunctionOf(node) == function;

    /// <summary>The discontinuity of a node.</summary>
    internal bool Saturates(Node node) => find(node)?.Saturates(node) == true;

    internal Jump JumpOf(Node node) => find(node)?.JumpOf(node) ?? Jump.None;

    private static OperatorSet Of(IReadOnlyList<OperatorEntry> entries) => new(entries, Lookup(entries));

    private static Func<Node, Operator?> Lookup(IReadOnlyList<OperatorEntry> entries)
    {
        var byName = entries.ToLookup(e => (e.Domain, e.OpType));
        return node => byName[(node.Domain, node.OpType)].FirstOrDefault(e => node.Opset >= e.FirstOpset && node.Opset <= e.LastOpset)?.Operator;
    }
}
