using OnnxPrune.Model;

namespace OnnxPrune.Layouts;

/// <summary>The rule of an operator for layout inference.</summary>
internal interface ILayoutRule
{
    /// <summary>True if the input in this slot holds sizes, axes or positions instead of data.</summary>
    bool IsShapeOperand(Node node, int slot);

    /// <summary>True if the removed slices of a weight in this slot keep their values in the masked model: a divisor, a variance.</summary>
    bool KeepsMaskedValues(Node node, int slot);

    /// <summary>True if the outputs hold only unchanged elements of the input in this slot and of other inputs with this property.</summary>
    bool MovesElements(Node node, int slot);

    /// <summary>True if the input in this slot is the scale of quantised numbers.</summary>
    bool IsScale(Node node, int slot);

    /// <summary>How the operator reads integers in this slot; null for plain numbers.</summary>
    Quantization? QuantizationOf(Node node, int slot);

    /// <summary>Couples the axes of the node's inputs and outputs.</summary>
    void Couple(CouplingContext context);

    /// <summary>States which axes of the outputs hold exact zeros for removed indices, and which contractions need the zeros.</summary>
    void FlowZeros(ZeroContext context);

    /// <summary>The signs of the elements of all outputs.</summary>
    Signs SignsOf(SignContext context);

    /// <summary>States the node's multiply-accumulate operations as products of axes.</summary>
    void CountMacs(MacContext context);
}

/// <summary>Finds the layout rule of a node; null if its operator is unknown.</summary>
internal delegate ILayoutRule? LayoutRules(Node node);

/// <summary>The first opset at which the operator of a node is known; null unless the opset of the node is older than that.</summary>
internal delegate long? FirstOpsets(Node node);
