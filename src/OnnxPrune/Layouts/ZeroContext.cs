using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// The context in which an operator states where zeros are. Every axis of every value has one bit: true if the removed indices hold exact zeros in
/// the masked model (LAYOUTS.md 16). A contraction over an axis is exact if the bit of one operand is true.
/// </summary>
public sealed class ZeroContext
{
    private readonly ZeroFlow flow;
    private readonly ILayoutRule rule;
    private readonly QuantizedZero zero;

    internal ZeroContext(ZeroFlow flow, Node node, ILayoutRule rule, QuantizedZero zero)
    {
        this.flow = flow;
        this.rule = rule;
        this.zero = zero;
        Node = node;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>True if the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>The bits of an input.</summary>
    public Axes<bool> Input(int input) => new(Node, flow.BitsOf(Required(input), zero));

    /// <summary>The bits of an input that is quantised as in <see cref="ILayoutRule.QuantizationOf"/>: a number is zero if it equals the zero point.
    /// </summary>
    public Axes<bool> QuantizedInput(int input) => rule.QuantizationOf(Node, input) is { } quantization
        ? new(Node, flow.BitsOf(Required(input), ZeroOf(quantization, input)))
        : Input(input);

    /// <summary>The layout of an input.</summary>
    public Axes<Term> Layout(int input) => new(Node, flow.Layouts.LayoutOf(Required(input)) ?? []);

    /// <summary>The layout of an output.</summary>
    public Axes<Term> OutputLayout(int output) => new(Node, flow.Layouts.LayoutOf(Node.OutputAt(output)) ?? []);

    /// <summary>A term that the layout rule recorded.</summary>
    public Term Recorded(string name) => flow.Layouts.Recorded(Node, name);

    /// <summary>The inferred type and contents of an input.</summary>
    public TensorType InputType(int input) => Has(input) ? flow.Layouts.Shapes.Operand(Node, input) : TensorType.Unknown;

    /// <summary>The number of indices of a layout.</summary>
    public Size SizeOf(Term term) => flow.Layouts.Unifier.Arena.SizeOf(term);

    /// <summary>True if a layout has no removable indices.</summary>
    public bool IsPinned(Term term) => flow.IsPinned(term);

    /// <summary>The bit of an input at output axis <paramref name="axis"/> of <paramref name="rank"/>; null if the input is broadcast at that axis.
    /// </summary>
    public bool? Aligned(int input, int axis, int rank)
    {
        int own = axis - (rank - Layout(input).Count);
        if (own < 0 || SizeOf(Layout(input)[own]).IsOne) return null;
        return QuantizedInput(input)[own];
    }

    /// <summary>The known signs of an input, or of the numbers that it represents if it is quantised.</summary>
    public Signs SignsOf(int input) => new SignContext(flow, Node, rule).QuantizedInput(input);

    /// <summary>Sets the bits of an output.</summary>
    public void Output(int output, params IEnumerable<bool> bits) => flow.SetBits(Node, output, zero, bits);

    /// <summary>Sets the bits of a quantised output whose zero point is an input of this node.</summary>
    public void QuantizedOutput(int output, Quantization quantization, params IEnumerable<bool> bits) =>
        flow.SetBits(Node, output, QuantizedZeroOf(quantization, OutputLayout(output).Count), bits);

    /// <summary>Sets the bits of a quantised output whose zero point is another output of this node, a scalar.</summary>
    public void QuantizedOutputOwn(int output, int zeroPoint, params IEnumerable<bool> bits) =>
        flow.SetBits(Node, output, ZeroOf(Node.Outputs[zeroPoint], 0), bits);

    /// <summary>
    /// States that the operator is not finite at zero. A product with zero does not remove a result that is not finite from a sum. An input axis
    /// whose removed indices hold zeros (<paramref name="bits"/>) is therefore only approximate.
    /// </summary>
    public void ForbidZeros(int input, params IEnumerable<bool> bits)
    {
        foreach (var (term, zero) in Layout(input).Zip(bits)) Contract(term, !zero, "is not finite at zero");
    }

    /// <summary>
    /// States that the operator mixes the indices of an axis. The result is exact only if the removed indices hold zeros (<paramref name="exact"/>).
    /// </summary>
    public void Contract(Term axis, bool exact, string why)
    {
        if (!exact) flow.MarkApproximate(Node, axis, new PinReason(Node.OpType, Node.Label, why));
    }

    /// <summary>The number that the node reads as zero in a quantised input.</summary>
    internal QuantizedZero ZeroOf(Quantization quantization, int input) => QuantizedZeroOf(quantization, Layout(input).Count);

    /// <summary>
    /// States that what the operator computes for removed indices of an axis is zero divided by zero, and that what it computes for the others does not
    /// depend on them, as with a norm along other axes. The masked model computes the node over the kept indices and holds zeros at the others.
    /// </summary>
    internal void SkipRemoved(Term axis) => flow.MarkSkipped(Node, axis);

    private Value Required(int input) => Has(input) ? Node.Inputs[input]! : throw InfeasibleShapeException.Lacks(Node, input);

    private QuantizedZero QuantizedZeroOf(Quantization quantization, int rank)
    {
        int axis = quantization.Axis < 0 ? quantization.Axis + rank : quantization.Axis;
        return ZeroOf(quantization.ZeroPoint is { } slot && Has(slot) ? Node.Inputs[slot] : null, axis);
    }

    private QuantizedZero ZeroOf(Value? zeroPoint, int axis) =>
        QuantizedZero.Of(zeroPoint, zeroPoint is null ? TensorType.Unknown : flow.Layouts.Shapes[zeroPoint], axis);
}
