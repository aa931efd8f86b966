using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>The known facts about the signs of all elements of a value. They hold for all inputs of the model.</summary>
[Flags]
public enum Signs
{
    /// <summary>Elements may be positive, negative or zero.</summary>
    Any = 0,

    /// <summary>No element is negative.</summary>
    NotNegative = 1,

    /// <summary>No element is positive.</summary>
    NotPositive = 2,

    /// <summary>All elements are zero.</summary>
    Zero = NotNegative | NotPositive,
}
