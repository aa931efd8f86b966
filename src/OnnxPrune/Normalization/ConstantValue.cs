using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>The numbers of a constant, rounded to its type after every operator, as runtimes round them.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Dims">The shape.</param>
/// <param name="Numbers">The elements in row-major order.</param>
internal sealed record ConstantValue(ElementType Type, long[] Dims, double[] Numbers)
{
    // Doubles hold integers up to this one exactly.
    private const double LargestExact = 1L << 53;

    /// <summary>False where an integer is so large that a double may not hold it, as the open end of a Slice is.</summary>
    public bool IsExact => !ElementTypes.IsInteger(Type) || !Array.Exists(Numbers, n => Math.Abs(n) >= LargestExact);

    /// <summary>The size in a file.</summary>
    public long Bytes => ElementTypes.Bytes(Type, Numbers.Length);

    /// <summary>The numbers of an initializer; null for other types than floats and integers.</summary>
    public static ConstantValue? Of(TensorProto tensor) => ElementTypes.IsFloat(Tensors.TypeOf(tensor)) || ElementTypes.IsInteger(Tensors.TypeOf(tensor))
        ? new ConstantValue(Tensors.TypeOf(tensor), [.. tensor.Dims], Tensors.Doubles(tensor))
        : null;

    /// <summary>A float result, rounded; null where a number is not finite.</summary>
    public static ConstantValue? Rounded(ElementType type, long[] dims, double[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Round(type, numbers[i]);
            if (!double.IsFinite(numbers[i])) return null;
        }
        return new ConstantValue(type, dims, numbers);
    }

    /// <summary>The elements at these positions: <paramref name="source"/> maps a position in the result to one in this value.</summary>
    public ConstantValue Pick(long[] dims, Func<int, long> source)
    {
        var numbers = new double[Count(dims)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Numbers[source(i)];
        return new ConstantValue(Type, dims, numbers);
    }

    /// <summary>The number of elements of a shape.</summary>
    public static long Count(IEnumerable<long> dims) => dims.Aggregate(1L, (n, d) => n * d);

    /// <summary>The elements as integers.</summary>
    public long[] ToIntegers() => Array.ConvertAll(Numbers, n => (long)n);

    /// <summary>The constant as an initializer.</summary>
    public TensorProto ToTensor(string name) => Tensors.Make(name, Type, Dims, Numbers);

    // Of a sum, product, quotient or root the rounded double is the number that arithmetic in the narrow type gives.
    private static double Round(ElementType type, double number) => type switch
    {
        ElementType.Double => number,
        ElementType.Float16 => (double)(Half)(float)number,
        ElementType.Bfloat16 => Tensors.RoundedToBfloat16(number),
        _ => (float)number,
    };
}
