using OnnxPrune.Model;

namespace OnnxPrune.Shapes;

/// <summary>What shape inference asks of an operator.</summary>
internal interface IShapeRule
{
    /// <summary>True when the rule can say something about its outputs although an input's rank is unknown.</summary>
    bool AcceptsUnknownRanks { get; }

    /// <summary>True when the operator turns the shape of its input into data, as Shape and Size do.</summary>
    bool ReadsShape { get; }

    /// <summary>States the type of every output of the node.</summary>
    void InferShapes(ShapeContext context);
}

/// <summary>Finds the shape rule of a node, or null where its operator is unknown.</summary>
internal delegate IShapeRule? ShapeRules(Node node);
