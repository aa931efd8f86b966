using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// The number that stands for zero in a tensor: 0 itself, another constant, one number per channel, or what a node computes. Two are
/// equal only if they are known to be the same.
/// </summary>
internal sealed record QuantizedZero
{
    /// <summary>Zero stands for itself: all floats, and integers without a zero point.</summary>
    public static readonly QuantizedZero Itself = new() { Numbers = "0" };

    private string Numbers { get; init; } = "";

    private int? Axis { get; init; }

    private Value? Computed { get; init; }

    /// <summary>True when it is the same number everywhere, so that elements can be moved.</summary>
    public bool IsUniform => Axis is null;

    /// <summary>What a zero point says, that runs along <paramref name="axis"/> where it has more than one element.</summary>
    public static QuantizedZero Of(Value? zeroPoint, TensorType type, int axis)
    {
        if (zeroPoint is null) return Itself;
        bool isScalar = type.Shape?.All(size => size.IsOne) == true;
        if (zeroPoint.Initializer is not { } tensor || !Tensors.IsReadable(tensor))
            return new() { Computed = zeroPoint, Axis = isScalar ? null : axis };
        double[] numbers = Tensors.Doubles(tensor);
        return numbers.Distinct().Count() == 1
            ? new() { Numbers = $"{numbers[0]}" }
            : new() { Numbers = string.Join(',', numbers), Axis = axis };
    }
}
