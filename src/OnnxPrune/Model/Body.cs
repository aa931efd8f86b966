namespace OnnxPrune.Model;

/// <summary>
/// A sub-graph of a node, such as a branch of If, as a graph of its own. Initializers of the enclosing graphs that it reads are its initializers, other
/// values that it reads are its inputs.
/// </summary>
/// <param name="Graph">The graph.</param>
/// <param name="Inputs">What the node gives it, in the order of the sub-graph.</param>
/// <param name="Outputs">What it gives the node, in the order of the sub-graph.</param>
/// <param name="Captured">The values of the enclosing graph that it reads, except initializers, with the inputs that stand for them.</param>
internal sealed record Body(
    Graph Graph,
    IReadOnlyList<Value> Inputs,
    IReadOnlyList<Value> Outputs,
    IReadOnlyList<(Value Inner, Value Outer)> Captured);
