using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>A node all of whose inputs are constants.</summary>
/// <param name="node">The node.</param>
/// <param name="operands">The inputs by slot; null for omitted ones, and for those whose numbers are not readable.</param>
/// <param name="largest">The largest number of elements of a result.</param>
internal sealed class ConstantOperands(NodeProto node, IReadOnlyList<ConstantValue?> operands, long largest)
{
    /// <summary>The operator.</summary>
    public string OpType => node.OpType;

    /// <summary>The number of inputs.</summary>
    public int Count => operands.Count;

    /// <summary>The number of outputs.</summary>
    public int Outputs => node.Output.Count;

    /// <summary>An input; null where it is omitted or not readable.</summary>
    public ConstantValue? this[int slot] => slot < operands.Count ? operands[slot] : null;

    /// <summary>True for an input that is not omitted.</summary>
    public bool Has(int slot) => slot < node.Input.Count && node.Input[slot].Length > 0;

    /// <summary>True for a shape that is not larger than results may be.</summary>
    public bool Holds(IEnumerable<long> dims) => ConstantValue.Count(dims) <= largest;

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long otherwise) => Find(name)?.I ?? otherwise;

    /// <summary>A float attribute.</summary>
    public double Float(string name, double otherwise) => Find(name)?.F ?? otherwise;

    /// <summary>A list of integers, or null.</summary>
    public long[]? Ints(string name) => Find(name)?.Ints.ToArray();

    /// <summary>A list that is an attribute in old opsets and an input in new ones; null where it is left out or not readable.</summary>
    public long[]? IntsOrInput(string name, int slot) => Has(slot) ? this[slot]?.ToIntegers() : Ints(name);

    private AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
