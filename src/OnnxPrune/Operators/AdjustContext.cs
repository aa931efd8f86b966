using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>What an operator sees when its node is rewritten: old and new sizes, and ways to change attributes and shape operands.</summary>
public abstract class AdjustContext
{
    /// <summary>The node as it was.</summary>
    public abstract Node Node { get; }

    /// <summary>True where the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>What was known of an input before pruning.</summary>
    public abstract TensorType OldInput(int input);

    /// <summary>The shape of an input after pruning.</summary>
    public abstract IReadOnlyList<Size> KeptInput(int input);

    /// <summary>The shape of an output after pruning.</summary>
    public abstract IReadOnlyList<Size> KeptOutput(int output);

    /// <summary>Which indices of an input's axis stay, or null where all do.</summary>
    public abstract bool[]? InputMask(int input, int axis);

    /// <summary>Which indices of an output's axis stay, or null where all do.</summary>
    public abstract bool[]? OutputMask(int output, int axis);

    /// <summary>The size after pruning of a term that the rule recorded.</summary>
    public abstract Size KeptRecorded(string name);

    /// <summary>The size before pruning of a term that the rule recorded.</summary>
    public abstract Size OldRecorded(string name);

    /// <summary>True when the node, as it now is, computes outputs of the kept shapes.</summary>
    public abstract bool OutputsFit();

    /// <summary>Sets an integer attribute.</summary>
    public abstract void SetAttribute(string name, long value);

    /// <summary>Sets a float attribute.</summary>
    public abstract void SetAttribute(string name, float value);

    /// <summary>Sets a list attribute.</summary>
    public abstract void SetAttribute(string name, IReadOnlyList<long> values);

    /// <summary>Removes an attribute.</summary>
    public abstract void RemoveAttribute(string name);

    /// <summary>
    /// Makes a shape operand evaluate to <paramref name="wanted"/>. An operand that already does is kept. Otherwise constants replace its
    /// elements, except those that vary with symbolic dimensions.
    /// </summary>
    public abstract void SetOperand(int input, IReadOnlyList<Size> wanted);

    /// <summary>Sets a list that is an attribute in old opsets and an input in new ones.</summary>
    public void SetOperandOrAttribute(int input, string attribute, IReadOnlyList<Size> wanted)
    {
        if (Has(input)) SetOperand(input, wanted);
        else SetAttribute(attribute, wanted.Select(s => s.Value).ToList());
    }
}
