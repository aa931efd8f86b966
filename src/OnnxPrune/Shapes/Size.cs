using System.Globalization;
using System.Runtime.CompilerServices;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// The number of elements along an axis, evaluated at several valuations of the model's symbolic dimensions. Sizes are compared at the first
/// <see cref="Deciding"/> valuations and computed at all valuations. The last valuation is the nominal valuation: reports count MACs there. There is
/// no symbolic algebra: sizes that are equal at every deciding valuation are equal.
/// </summary>
public readonly struct Size : IEquatable<Size>
{
    /// <summary>The number of valuations that decide whether sizes are equal, divide each other or are 1.</summary>
    public const int Deciding = 3;

    /// <summary>The number of all valuations: the deciding valuations and the nominal valuation.</summary>
    public const int Count = Deciding + 1;

    /// <summary>Index of the nominal valuation.</summary>
    public const int Nominal = Deciding;

    /// <summary>The size 1.</summary>
    public static readonly Size One = Of(1);

    /// <summary>The size 0.</summary>
    public static readonly Size Zero = Of(0);

    /// <summary>A size that could not be inferred. It is not equal to any size, not even to itself under <see cref="Same"/>.</summary>
    public static readonly Size Unknown = Of(long.MinValue);

    /// <summary>The longest axis whose indices are listed one by one, to put them in another order.</summary>
    internal const long MostListed = 1 << 20;

    /// <summary>
    /// The number of stored numbers: those at all valuations, and the number at the nominal valuation where sizes that depend on data are twice as large.
    /// </summary>
    internal const int Stored = Count + 1;

    private const long TooLarge = long.MinValue;

    private readonly Numbers numbers;

    /// <summary>A size with one number per valuation.</summary>
    public Size(ReadOnlySpan<long> numbers)
    {
        numbers[..Count].CopyTo(this.numbers);
        this.numbers[Count] = numbers.Length > Count ? numbers[Count] : numbers[Nominal];
    }

    /// <summary>True unless the size could not be inferred.</summary>
    public bool IsKnown => numbers[0] != long.MinValue;

    /// <summary>True if the number is the same at every valuation.</summary>
    public bool IsConcrete => IsKnown && numbers[1] == numbers[0] && numbers[2] == numbers[0] && numbers[3] == numbers[0];

    /// <summary>True for the concrete size 1.</summary>
    public bool IsOne => Same(One);

    /// <summary>True if the size is known and negative at any valuation.</summary>
    internal bool IsNegative => IsKnown && (numbers[0] < 0 || numbers[1] < 0 || numbers[2] < 0 || numbers[3] < 0);

    /// <summary>True if the size depends on data, such as the number of elements that are not zero; its number at the nominal valuation is invented.</summary>
    internal bool DependsOnData => IsKnown && numbers[Count] != numbers[Nominal];

    /// <summary>True if the number at the nominal valuation is known.</summary>
    internal bool IsCounted => IsKnown && !DependsOnData;

    /// <summary>The number at the first valuation, which is the number of a concrete size.</summary>
    public long Value => numbers[0];

    /// <summary>The number at one valuation.</summary>
    public long this[int valuation] => numbers[valuation];

    /// <summary>Product, element by element; unknown where it is more than a number can be, as no size is.</summary>
    public static Size operator *(Size a, Size b) => Map(a, b, (x, y) => Math.BigMul(x, y, out long low) == low >> 63 ? low : TooLarge).OrUnknown();

    /// <summary>Sum, element by element; unknown where it is too large.</summary>
    public static Size operator +(Size a, Size b) => Map(a, b, Sum).OrUnknown();

    /// <summary>Difference, element by element; unknown where it is too large.</summary>
    public static Size operator -(Size a, Size b) => Map(a, b, (x, y) => y == TooLarge ? TooLarge : Sum(x, -y)).OrUnknown();

    /// <summary>Quotient, element by element, rounded toward zero; unknown if the divisor is 0.</summary>
    public static Size operator /(Size a, Size b) => b.AnyZero ? Unknown : Map(a, b, (x, y) => x / y);

    /// <summary>Equality of the numbers.</summary>
    public static bool operator ==(Size a, Size b) => a.Equals(b);

    /// <summary>Inequality of the numbers.</summary>
    public static bool operator !=(Size a, Size b) => !a.Equals(b);

    /// <summary>A size with the same number at every valuation.</summary>
    public static Size Of(long number) => new([number, number, number, number, number]);

    /// <summary>The product of sizes; 1 for an empty list.</summary>
    public static Size Product(IEnumerable<Size> sizes) => sizes.Aggregate(One, (product, size) => product * size);

    /// <summary>Computes a size from two other sizes; unknown if one of them is unknown.</summary>
    public static Size Map(Size a, Size b, Func<long, long, long> f)
    {
        if (!a.IsKnown || !b.IsKnown) return Unknown;
        Span<long> result = stackalloc long[Stored];
        for (int i = 0; i < Stored; i++) result[i] = f(a[i], b[i]);
        return new Size(result);
    }

    /// <summary>Computes a size from another size; unknown if the other size is unknown.</summary>
    public Size Map(Func<long, long> f) => Map(this, this, (x, _) => f(x));

    /// <summary>True if the sizes are equal at every deciding valuation. An unknown size is not equal to any size.</summary>
    public bool Same(Size other)
    {
        if (!IsKnown || !other.IsKnown) return false;
        for (int i = 0; i < Deciding; i++) if (numbers[i] != other.numbers[i]) return false;
        return true;
    }

    /// <summary>True if the size is at most <paramref name="other"/> at every deciding valuation.</summary>
    public bool AtMost(Size other) => Both(other, (x, y) => x <= y);

    /// <summary>True if the size is less than <paramref name="other"/> at every deciding valuation.</summary>
    public bool Below(Size other) => Both(other, (x, y) => x < y);

    /// <summary>True if the size divides <paramref name="other"/> at every deciding valuation.</summary>
    public bool Divides(Size other) => Both(other, (x, y) => x > 0 && y % x == 0);

    /// <inheritdoc/>
    public bool Equals(Size other)
    {
        for (int i = 0; i < Count; i++) if (numbers[i] != other.numbers[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Size other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(numbers[0], numbers[1], numbers[2]);

    /// <summary>
    /// The number, <c>?</c> for a size that is unknown or depends on data, or the deciding numbers, such as <c>5|3|7</c>.
    /// </summary>
    public override string ToString()
    {
        if (!IsCounted) return "?";
        if (IsConcrete) return Value.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{numbers[0]}|{numbers[1]}|{numbers[2]}");
    }

    private static long Sum(long x, long y)
    {
        long sum = unchecked(x + y);
        return ((x ^ sum) & (y ^ sum)) < 0 ? TooLarge : sum;
    }

    private Size OrUnknown() =>
        numbers[0] == TooLarge || numbers[1] == TooLarge || numbers[2] == TooLarge || numbers[3] == TooLarge || numbers[4] == TooLarge ? Unknown : this;

    private bool AnyZero => numbers[0] == 0 || numbers[1] == 0 || numbers[2] == 0 || numbers[3] == 0 || numbers[4] == 0;

    private bool Both(Size other, Func<long, long, bool> test)
    {
        if (!IsKnown || !other.IsKnown) return false;
        for (int i = 0; i < Deciding; i++) if (!test(numbers[i], other.numbers[i])) return false;
        return true;
    }

    [InlineArray(Stored)]
    private struct Numbers
    {
        private long first;
    }
}
