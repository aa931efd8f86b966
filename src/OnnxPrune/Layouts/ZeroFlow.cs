using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>Decides which variables can be pruned exactly, by following zeros through the graph (see <see cref="ZeroContext"/>).</summary>
public sealed class ZeroFlow
{
    private readonly LayoutRules rules;
    private readonly bool[]?[] bits;
    private readonly Dictionary<Term, PinReason> approximate = [];
    private readonly Dictionary<Node, List<Term>> mixed = [];
    private readonly HashSet<int> keepsValues = [];

    private ZeroFlow(LayoutInference layouts, LayoutRules rules)
    {
        Layouts = layouts;
        this.rules = rules;
        bits = new bool[]?[layouts.Shapes.Graph.Values.Count];
    }

    /// <summary>The variables whose removal is only approximate, with the operator that mixes them.</summary>
    public IReadOnlyDictionary<Term, PinReason> Approximate => approximate;

    internal LayoutInference Layouts { get; }

    /// <summary>Follows the zeros.</summary>
    public static ZeroFlow Run(LayoutInference layouts, LayoutRules rules)
    {
        var flow = new ZeroFlow(layouts, rules);
        flow.FindKeptValues();
        foreach (var node in layouts.Shapes.Graph.Nodes)
        {
            if (layouts.Understands(node)) flow.Follow(node);
        }
        return flow;
    }

    /// <summary>True when a slice of this initializer keeps its values in the masked model, because some use of it demands that.</summary>
    public bool KeepsValues(Value initializer) => keepsValues.Contains(initializer.Id);

    /// <summary>True for a node that mixes indices which are not zero, along an axis that loses some: what <paramref name="cut"/> says of a variable.</summary>
    public bool Mixes(Node node, Func<Term, bool> cut) =>
        mixed.TryGetValue(node, out var axes) && axes.Exists(axis => Layouts.Unifier.Substitution.Leaves(axis).Any(cut));

    internal IReadOnlyList<bool> BitsOf(Value value)
    {
        if (bits[value.Id] is { } known) return known;
        var layout = Layouts.LayoutOf(value) ?? [];
        bool weight = value.Initializer is not null && !KeepsValues(value);
        return bits[value.Id] = [.. layout.Select(term => weight || IsPinned(term))];
    }

    internal void SetBits(Node node, int output, IEnumerable<bool> stated)
    {
        if (output >= node.Outputs.Length || node.Outputs[output] is not { } value) return;
        bits[value.Id] = [.. Layouts.LayoutOf(value)!.Zip(stated, (term, zero) => zero || IsPinned(term))];
    }

    internal bool IsPinned(Term term) => Layouts.Unifier.Substitution.Leaves(term).Count == 0;

    internal void MarkApproximate(Node node, Term axis, PinReason reason)
    {
        if (!mixed.TryGetValue(node, out var axes)) mixed[node] = axes = [];
        axes.Add(axis);
        foreach (var leaf in Layouts.Unifier.Substitution.Leaves(axis)) approximate.TryAdd(leaf, reason);
    }

    private void Follow(Node node)
    {
        try
        {
            rules(node)!.FlowZeros(new ZeroContext(this, node));
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            Layouts.LeaveAlone(node, e);
        }
    }

    private void FindKeptValues()
    {
        foreach (var node in Layouts.Shapes.Graph.Nodes)
        {
            if (rules(node) is not { } rule) continue;
            for (int slot = 0; slot < node.Inputs.Length; slot++)
            {
                if (node.Inputs[slot] is { Initializer: not null } value && rule.KeepsMaskedValues(node, slot)) keepsValues.Add(value.Id);
            }
        }
    }
}
