using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Advanced;

/// <summary>
/// The contents of a small tensor that depends only on shapes, at every valuation. Numbers are doubles: exact for the integers that occur as sizes,
/// with the extremes of int64 saturated. NaN is an element that could not be evaluated.
/// </summary>
public sealed class KnownTensor
{
    /// <summary>The largest number of elements of a shape; larger tensors are data.</summary>
    public const int LargestCount = 4096;

    /// <summary>The largest number of elements of a scale; larger float tensors are weights.</summary>
    public const int LargestFloatCount = 16;

    private readonly double[] numbers;

    private KnownTensor(ElementType type, long[] dims, double[] numbers)
    {
        Type = type;
        Dims = dims;
        this.numbers = numbers;
    }

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>The concrete shape.</summary>
    public long[] Dims { get; }

    /// <summary>Number of elements.</summary>
    public int Count => numbers.Length / Size.Stored;

    /// <summary>True if every element was evaluated.</summary>
    public bool IsComplete => !Array.Exists(numbers, double.IsNaN);

    /// <summary>True if every element is the same at all valuations.</summary>
    public bool IsConstant =>
        IsComplete && Enumerable.Range(0, Count).All(i => Enumerable.Range(1, Size.Count - 1).All(v => this[i, v] == this[i, 0]));

    /// <summary>Element <paramref name="i"/> at one valuation.</summary>
    public double this[int i, int valuation] => numbers[(i * Size.Stored) + valuation];

    /// <summary>True for a shape of at most <see cref="LargestCount"/> elements.</summary>
    internal static bool Holds(IEnumerable<long> dims) => dims.Aggregate(1.0, (n, d) => n * d) <= LargestCount;

    /// <summary>A tensor whose element i at valuation v is <paramref name="element"/>(i, v).</summary>
    public static KnownTensor Of(ElementType type, long[] dims, Func<int, int, double> element)
    {
        int count = checked((int)dims.Aggregate(1L, (n, d) => n * d));
        var numbers = new double[count * Size.Stored];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = element(i / Size.Stored, i % Size.Stored);
        return new KnownTensor(type, dims, numbers);
    }

    /// <summary>A one-dimensional int64 tensor of sizes; unknown sizes become NaN.</summary>
    public static KnownTensor OfSizes(IReadOnlyList<Size> sizes) =>
        Of(ElementType.Int64, [sizes.Count], (i, v) => sizes[i].IsKnown ? sizes[i][v] : double.NaN);

    /// <summary>The contents of an initializer; null if it is too large or not numeric.</summary>
    internal static KnownTensor? OfInitializer(TensorProto tensor)
    {
        var type = Tensors.TypeOf(tensor);
        int largest = ElementTypes.IsFloat(type) ? LargestFloatCount : ElementTypes.IsInteger(type) ? LargestCount : -1;
        if (Tensors.Count(tensor) > largest) return null;
        var values = Tensors.Doubles(tensor);
        return Of(type, [.. tensor.Dims], (i, _) => values[i]);
    }

    /// <summary>Element <paramref name="i"/> as an integer per valuation, saturated; unknown if it was not evaluated.</summary>
    public Size SizeAt(int i)
    {
        Span<long> result = stackalloc long[Size.Stored];
        for (int v = 0; v < Size.Stored; v++)
        {
            if (double.IsNaN(this[i, v])) return Size.Unknown;
            result[v] = Math.Max((long)this[i, v], -long.MaxValue);
        }
        return new Size(result);
    }

    /// <summary>All elements as sizes.</summary>
    public Size[] ToSizes() => Enumerable.Range(0, Count).Select(SizeAt).ToArray();

    /// <summary>The elements as integers; null if an element is unknown or varies.</summary>
    public long[]? ToConstants() => IsConstant ? Enumerable.Range(0, Count).Select(i => SizeAt(i).Value).ToArray() : null;

    /// <summary>The same numbers in another shape.</summary>
    public KnownTensor Reshaped(long[] dims) => new(Type, dims, numbers);

    /// <summary>The same elements rounded to <paramref name="type"/>: toward zero for integers, 0 or 1 for bool.</summary>
    public KnownTensor Cast(ElementType type) => new(type, Dims, Array.ConvertAll(numbers, n => Rounded(n, type)));

    /// <summary>True if type, shape and numbers are the same.</summary>
    public bool SameAs(KnownTensor other) => Type == other.Type && Dims.AsSpan().SequenceEqual(other.Dims)
        && numbers.AsSpan().SequenceEqual(other.numbers) && IsComplete;

    /// <summary>The tensor with its numbers at the first valuation.</summary>
    internal TensorProto ToProto(string name) =>
        Tensors.Make(name, Type, Dims, Enumerable.Range(0, Count).Select(i => this[i, 0]).ToArray());

    /// <summary>The elements as sizes, <c>{5|3|7,-1,8}</c>.</summary>
    public override string ToString() => $"{{{string.Join(',', ToSizes())}}}";

    private static double Rounded(double number, ElementType type) => type switch
    {
        ElementType.Bool => double.IsNaN(number) ? number : number != 0 ? 1 : 0,
        ElementType.Float => (float)number,
        _ when ElementTypes.IsInteger(type) => Math.Truncate(number),
        _ => number,
    };
}
