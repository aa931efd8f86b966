using OnnxPrune.Model;

namespace OnnxPrune.Shapes;

/// <summary>A sub-graph that a node runs.</summary>
/// <param name="Shapes">The types of its values.</param>
/// <param name="Times">How often it runs; unknown where that depends on data.</param>
/// <param name="IsAlternative">True if only one of the alternatives of the node runs.</param>
internal sealed record BodyRun(ShapeInference Shapes, Size Times, bool IsAlternative = false);

/// <summary>Infers the types of a sub-graph from those of its inputs and of the values of the enclosing graph.</summary>
internal delegate ShapeInference BodyInference(Body body, IReadOnlyList<TensorType> inputs, Func<Value, TensorType> outer);
