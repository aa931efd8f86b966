using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>The context in which an operator adapts its node to the kept sizes: old and new sizes, and methods that change the node.</summary>
public abstract class AdjustContext
{
    /// <summary>The original node.</summary>
    public abstract Node Node { get; }

    /// <summary>True if the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>The inferred type and contents of an input before pruning.</summary>
    public abstract TensorType OldInput(int input);

    /// <summary>The shape of an input after pruning.</summary>
    public abstract IReadOnlyList<Size> KeptInput(int input);

    /// <summary>The shape of an output after pruning.</summary>
    public abstract IReadOnlyList<Size> KeptOutput(int output);

    /// <summary>The mask of an input's axis, true for a kept index; null if all indices are kept.</summary>
    public abstract bool[]? InputMask(int input, int axis);

    /// <summary>The mask of an output's axis, true for a kept index; null if all indices are kept.</summary>
    public abstract bool[]? OutputMask(int output, int axis);

    /// <summary>The size after pruning of a term that the layout rule recorded.</summary>
    public abstract Size KeptRecorded(string name);

    /// <summary>The size before pruning of a term that the layout rule recorded.</summary>
    public abstract Size OldRecorded(string name);

    /// <summary>True if the node, with all changes so far, computes outputs with the kept shapes.</summary>
    public abstract bool OutputsFit();

    /// <summary>Sets an integer attribute.</summary>
    public abstract void SetAttribute(string name, long value);

    /// <summary>Sets a float attribute.</summary>
    public abstract void SetAttribute(string name, float value);

    /// <summary>Sets a list attribute of floats.</summary>
    public abstract void SetAttribute(string name, IReadOnlyList<float> values);

    /// <summary>Sets a list attribute.</summary>
    public abstract void SetAttribute(string name, IReadOnlyList<long> values);

    /// <summary>Removes an attribute.</summary>
    public abstract void RemoveAttribute(string name);

    /// <summary>
    /// Makes a shape operand evaluate to <paramref name="wanted"/>. An operand that already evaluates to these sizes does not change. Otherwise
    /// constants replace its elements, except for elements that vary with symbolic dimensions.
    /// </summary>
    public abstract void SetOperand(int input, IReadOnlyList<Size> wanted);

    /// <summary>Sets a list that is an attribute in old opsets and an input in new opsets.</summary>
    public void SetOperandOrAttribute(int input, string attribute, IReadOnlyList<Size> wanted)
    {
        if (Has(input)) SetOperand(input, wanted);
        else SetAttribute(attribute, wanted.Select(s => s.Value).ToList());
    }
}
