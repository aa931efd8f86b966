using OnnxPrune.Model;

namespace OnnxPrune.Shapes;

/// <summary>The shapes of a node do not fit together, at one valuation at least. Another valuation may be feasible.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="unequal">Two sizes that would have to be equal, where it is that.</param>
internal sealed class InfeasibleShapeException(string message, (Size A, Size B)? unequal = null) : Exception(message)
{
    /// <summary>Two sizes that would have to be equal, or null where something else does not fit.</summary>
    public (Size A, Size B)? Unequal => unequal;

    /// <summary>A node that lacks an input that its operator needs.</summary>
    public static InfeasibleShapeException Lacks(Node node, int input) => new($"{node.Label} lacks its input {input}");
}
