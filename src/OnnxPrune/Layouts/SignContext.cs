using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// The context in which an operator states the signs of its outputs. Removed channels hold zeros in the masked model, and zeros do not change the
/// maximum of numbers that are not negative, so that such a maximum over channels is exact.
/// </summary>
public sealed class SignContext
{
    private readonly ZeroFlow flow;
    private readonly ILayoutRule rule;

    internal SignContext(ZeroFlow flow, Node node, ILayoutRule rule)
    {
        this.flow = flow;
        this.rule = rule;
        Node = node;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>True if the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>The signs of an input; <see cref="Signs.Any"/> without the input, and for numbers that represent other numbers.</summary>
    public Signs Input(int input) => Has(input) && (flow.StandsForItself(Node.Inputs[input]!) || rule.MovesElements(Node, input))
        ? flow.SignsOf(Node.Inputs[input]!)
        : Signs.Any;

    /// <summary>The signs of the numbers that a quantised input represents (<see cref="Operator.QuantizationOf"/>).</summary>
    public Signs QuantizedInput(int input)
    {
        if (!Has(input) || rule.QuantizationOf(Node, input) is not { } quantization) return Input(input);
        return flow.IsWrittenAs(Node, rule, input, quantization) ? flow.SignsOf(Node.Inputs[input]!) : Signs.Any;
    }

    /// <summary>The inferred type and contents of an input.</summary>
    public TensorType InputType(int input) => Has(input) ? flow.Layouts.Shapes[Node.Inputs[input]!] : TensorType.Unknown;

    /// <summary>The signs that all inputs have whose elements the node moves to its outputs (<see cref="Operator.MovesElements"/>).</summary>
    public Signs Moved()
    {
        var slots = Enumerable.Range(0, Node.Inputs.Length).Where(slot => Has(slot) && rule.MovesElements(Node, slot)).ToList();
        return slots.Count == 0 ? Signs.Any : slots.Aggregate(Signs.Zero, (signs, slot) => signs & Input(slot));
    }

    /// <summary>The signs that all given inputs have; an omitted input does not restrict them.</summary>
    public Signs Common(params IEnumerable<int> inputs) => inputs.Where(Has).Aggregate(Signs.Zero, (signs, slot) => signs & Input(slot));
}
