using OnnxPrune.Model;

namespace OnnxPrune.Layouts;

/// <summary>What layout inference asks of an operator.</summary>
internal interface ILayoutRule
{
    /// <summary>True if the input in this slot holds sizes, axes or positions rather than data.</summary>
    bool IsShapeOperand(Node node, int slot);

    /// <summary>True when removed slices of a weight in this slot must keep their values in the masked model: a divisor, a variance.</summary>
    bool KeepsMaskedValues(Node node, int slot);

    /// <summary>True when the outputs hold elements of the input in this slot, unchanged, and of other such inputs, and nothing else.</summary>
    bool MovesElements(Node node, int slot);

    /// <summary>True when the input in this slot is the scale of quantised numbers.</summary>
    bool IsScale(Node node, int slot);

    /// <summary>How the operator reads integers in this slot, or null where they are just numbers.</summary>
    Quantization? QuantizationOf(Node node, int slot);

    /// <summary>Couples the axes of the node's inputs and outputs.</summary>
    void Couple(CouplingContext context);

    /// <summary>States which axes of the outputs hold exact zeros where indices were removed, and which contractions need that.</summary>
    void FlowZeros(ZeroContext context);

    /// <summary>States the node's multiply-accumulate operations as products of axes.</summary>
    void CountMacs(MacContext context);
}

/// <summary>Finds the layout rule of a node, or null where its operator is unknown.</summary>
internal delegate ILayoutRule? LayoutRules(Node node);
