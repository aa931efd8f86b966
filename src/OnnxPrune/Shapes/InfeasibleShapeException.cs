namespace OnnxPrune.Shapes;

/// <summary>The shapes of a node do not fit together, at one valuation at least. Another valuation may be feasible.</summary>
internal sealed class InfeasibleShapeException(string message) : Exception(message);
