using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Layouts;

/// <summary>Decides which variables can be pruned exactly, by following zeros through the graph (see <see cref="ZeroContext"/>).</summary>
internal sealed class ZeroFlow
{
    private readonly LayoutRules rules;
    private readonly bool[]?[] bits;
    private readonly QuantizedZero?[] zeros;
    private readonly Signs[] signs;
    private readonly Dictionary<Term, PinReason> approximate = [];
    private readonly Dictionary<Node, List<Term>> mixed = [];
    private readonly HashSet<int> keepsValues = [];

    private ZeroFlow(LayoutInference layouts, LayoutRules rules)
    {
        Layouts = layouts;
        this.rules = rules;
        bits = new bool[]?[layouts.Shapes.Graph.Values.Count];
        zeros = new QuantizedZero?[bits.Length];
        signs = Array.ConvertAll([.. layouts.Shapes.Graph.Values], InitialSigns);
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

    /// <summary>
    /// True for a node that mixes indices which are not zero, or divides zero by zero, along an axis that loses some: what <paramref name="cut"/> says
    /// of a variable.
    /// </summary>
    public bool Mixes(Node node, Func<Term, bool> cut) =>
        mixed.TryGetValue(node, out var axes) && axes.Exists(axis => Layouts.Unifier.Substitution.Leaves(axis).Any(cut));

    /// <summary>
    /// True when the masked model holds zeros in the removed slices of an initializer: floats, and what stands for zero in tensors that
    /// a quantised operator reads. Other integers are positions, and never change.
    /// </summary>
    public bool IsMasked(Value initializer) =>
        !KeepsValues(initializer) && (Layouts.Quantized[initializer]?.HasConstantZero ?? Tensors.IsFloat(initializer.Initializer!));

    /// <summary>The bits of a value, where <paramref name="zero"/> stands for zero.</summary>
    internal IReadOnlyList<bool> BitsOf(Value value, QuantizedZero zero)
    {
        var layout = Layouts.LayoutOf(value) ?? [];
        bits[value.Id] ??= [.. layout.Select(term => (value.Initializer is not null && IsMasked(value)) || IsPinned(term))];
        return ZeroOf(value) == zero ? bits[value.Id]! : [.. layout.Select(IsPinned)];
    }

    /// <summary>The known signs of a value, or of the numbers that it represents if it is quantised.</summary>
    internal Signs SignsOf(Value value) => signs[value.Id];

    /// <summary>True if the elements of a value are not known to represent other numbers.</summary>
    internal bool StandsForItself(Value value) => ZeroOf(value) == QuantizedZero.Itself;

    /// <summary>True if a node reads a quantised input with the zero point that the input was written with.</summary>
    internal bool IsWrittenAs(Node node, ILayoutRule rule, int input, Quantization quantization) =>
        ZeroOf(node.Inputs[input]!) == new ZeroContext(this, node, rule, QuantizedZero.Itself).ZeroOf(quantization, input);

    internal void SetBits(Node node, int output, QuantizedZero zero, IEnumerable<bool> stated)
    {
        if (output >= node.Outputs.Length || node.Outputs[output] is not { } value) return;
        bits[value.Id] = [.. Layouts.LayoutOf(value)!.Zip(stated, (term, isZero) => isZero || IsPinned(term))];
        zeros[value.Id] = zero;
    }

    internal bool IsPinned(Term term) => Layouts.Unifier.Substitution.Leaves(term).Count == 0;

    internal void MarkSkipped(Node node, Term axis)
    {
        if (!mixed.TryGetValue(node, out var axes)) mixed[node] = axes = [];
        axes.Add(axis);
    }

    internal void MarkApproximate(Node node, Term axis, PinReason reason)
    {
        MarkSkipped(node, axis);
        foreach (var leaf in Layouts.Unifier.Substitution.Leaves(axis)) approximate.TryAdd(leaf, reason);
    }

    private void Follow(Node node)
    {
        try
        {
            var rule = rules(node)!;
            var known = rule.SignsOf(new SignContext(this, node, rule));
            foreach (var output in node.Outputs.OfType<Value>()) signs[output.Id] |= known;
            rule.FlowZeros(new ZeroContext(this, node, rule, Moved(node, rule)));
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            Layouts.LeaveAlone(node, e);
        }
        catch (Exception e) when (e is not OnnxPruneException)
        {
            throw Errors.Defect(node.Label, "zeros were followed", e);
        }
    }

    // Elements that stand for numbers stand for the same behind operators that move them, if all operands agree what stands for zero.
    private QuantizedZero Moved(Node node, ILayoutRule rule)
    {
        var zero = Enumerable.Range(0, node.Inputs.Length).Where(slot => node.Inputs[slot] is not null && rule.MovesElements(node, slot))
            .Select(slot => ZeroOf(node.Inputs[slot]!)).Distinct().ToList();
        return zero is [{ IsUniform: true } agreed] ? agreed : QuantizedZero.Itself;
    }

    // Scalars keep their values in all twins of a model; other weights may have other signs in another checkpoint.
    private Signs InitialSigns(Value value)
    {
        var type = Layouts.Shapes[value];
        if (type.Type == ElementType.Bool) return Signs.NotNegative;
        if (value.Initializer is not { } tensor || type.Content is not { Count: 1, IsConstant: true } || !Tensors.IsReadable(tensor)) return Signs.Any;
        double number = Tensors.At(tensor, 0);
        return (number >= 0 ? Signs.NotNegative : Signs.Any) | (number <= 0 ? Signs.NotPositive : Signs.Any);
    }

    private QuantizedZero? ZeroOf(Value value)
    {
        if (value.Initializer is not null && Layouts.Quantized[value] is { } quantized) return quantized.Zero;
        return zeros[value.Id] ?? QuantizedZero.Itself;
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
