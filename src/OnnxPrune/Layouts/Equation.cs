namespace OnnxPrune.Layouts;

/// <summary>Two layouts that an operator has made the same.</summary>
/// <param name="Left">One side, as it was then.</param>
/// <param name="Right">The other.</param>
/// <param name="Reason">Who demanded it.</param>
internal sealed record Equation(Term Left, Term Right, PinReason Reason);
