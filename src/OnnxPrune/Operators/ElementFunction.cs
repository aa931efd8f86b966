using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>The function that a node computes for each element. Calibration and recovery use it.</summary>
public enum ElementFunction
{
    /// <summary>A function that calibration and recovery do not use.</summary>
    Other,

    /// <summary>The elements of the first input in the same order, possibly in another shape or type.</summary>
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

/// <summary>The discontinuity of a node: a rounding difference in the input can become a whole step in the output.</summary>
public enum Jump
{
    /// <summary>The node is continuous.</summary>
    None,

    /// <summary>The node selects or decides by comparing numbers.</summary>
    Selection,

    /// <summary>The node rounds numbers to the integers that represent them in a quantised network.</summary>
    Quantization,
}
