using OnnxPrune.Model;

namespace OnnxPrune.Shapes;

/// <summary>The rule of an operator for shape inference.</summary>
internal interface IShapeRule
{
    /// <summary>True if the rule can infer a part of its outputs although the rank of an input is unknown.</summary>
    bool AcceptsUnknownRanks { get; }

    /// <summary>True if the operator returns the shape of its input as data, such as Shape and Size.</summary>
    bool ReadsShape { get; }

    /// <summary>
    /// True if the operator fills a shape that an operand states, such as ConstantOfShape and Expand: an output with several axes is data, such as an
    /// initial state, even if all its elements are known.
    /// </summary>
    bool FillsShape { get; }

    /// <summary>True if sizes of the outputs count elements by their values, such as those of NonZero: a size that the model declares says nothing about them.</summary>
    bool CountsData { get; }

    /// <summary>True if the outputs are sequences of tensors, whose sizes may differ, or hold such a sequence.</summary>
    bool MakesSequence { get; }

    /// <summary>True if the outputs are single tensors although an input is a sequence of tensors.</summary>
    bool TakesFromSequence { get; }

    /// <summary>True for a slot whose elements are sizes, positions or counts.</summary>
    bool IsShapeOperand(Node node, int slot);

    /// <summary>True for a slot whose elements are factors of sizes, such as the scales of Resize.</summary>
    bool IsFactorOfSizes(Node node, int slot);

    /// <summary>States the type of every output of the node.</summary>
    void InferShapes(ShapeContext context);
}

/// <summary>Finds the shape rule of a node; null if its operator is unknown.</summary>
internal delegate IShapeRule? ShapeRules(Node node);
