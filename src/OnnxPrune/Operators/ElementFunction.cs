using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>What a node computes element by element, as far as calibration and recovery reason about it.</summary>
public enum ElementFunction
{
    /// <summary>Nothing that they reason about.</summary>
    Other,

    /// <summary>The elements of the first input in their order, perhaps in another shape or type.</summary>
    Identity,

    /// <summary>The sum of two inputs, with broadcasting.</summary>
    Sum,

    /// <summary>The first input minus the second, with broadcasting.</summary>
    Difference,

    /// <summary>The product of two inputs, with broadcasting.</summary>
    Product,

    /// <summary>The first input divided by the second, with broadcasting.</summary>
    Quotient,

    /// <summary>max(x, 0).</summary>
    Rectifier,
}

/// <summary>How a node jumps: a difference within rounding in its input becomes a whole step in its output.</summary>
public enum Jump
{
    /// <summary>It does not jump.</summary>
    None,

    /// <summary>It selects or decides by comparing numbers.</summary>
    Selection,

    /// <summary>It rounds numbers to the integers that represent them in a quantised network.</summary>
    Quantization,
}
