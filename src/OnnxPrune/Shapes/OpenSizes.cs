using OnnxPrune.Model;

namespace OnnxPrune.Shapes;

/// <summary>
/// Numbers for the sizes that depend on data, one symbol for each axis of a computed value: the number of elements that are not zero, of boxes that are
/// selected, of iterations. Each symbol has a prime number at the last deciding valuation that no other size has, so that no
/// arithmetic makes one of them equal to another size. A size counts as 1 at the nominal valuation. The symbols have no names, and users do not choose their sizes.
/// </summary>
internal sealed class OpenSizes
{
    private const long LeastPrime = 10007;

    // Numbers that windows and divisors fit.
    private static readonly long[] Multiples = [64, 6720];

    private readonly Dictionary<(int Value, int Axis), int> symbols;
    private readonly Dictionary<int, Size> chosen;
    private readonly HashSet<int> used = [];

    private OpenSizes(Dictionary<(int Value, int Axis), int> symbols, Dictionary<int, Size> chosen) => (this.symbols, this.chosen) = (symbols, chosen);

    /// <summary>No symbol yet.</summary>
    public static OpenSizes None => new([], []);

    /// <summary>The symbols that were asked for, in order.</summary>
    public IReadOnlyList<int> Used => [.. used.Order()];

    /// <summary>These symbols with their own numbers or other choices, before any is asked for.</summary>
    public OpenSizes Again() => new(symbols, chosen);

    /// <summary>The size of an axis that depends on data; unknown where no number fits the model.</summary>
    public Size Of(Value value, int axis)
    {
        if (!symbols.TryGetValue((value.Id, axis), out int symbol)) symbol = symbols[(value.Id, axis)] = symbols.Count;
        used.Add(symbol);
        return this[symbol];
    }

    /// <summary>The size of a symbol.</summary>
    public Size this[int symbol] => chosen.TryGetValue(symbol, out var size) ? size : Own(symbol, 1);

    /// <summary>The symbols with another size for one of them.</summary>
    public OpenSizes With(int symbol, Size size) => new(symbols, new Dictionary<int, Size>(chosen) { [symbol] = size });

    /// <summary>The symbols without a size.</summary>
    public OpenSizes Forgotten() => new(symbols, Used.ToDictionary(symbol => symbol, _ => Size.Unknown));

    /// <summary>Other sizes to try for a symbol, the last of which is no size at all.</summary>
    public static IEnumerable<Size> Others(int symbol) => Multiples.Select(factor => Own(symbol, factor)).Append(Size.Unknown);

    /// <summary>
    /// The symbols with another size for one of them, so that two sizes agree which the model demands to be equal; null where no symbol that is free
    /// decides it. The later symbol follows, because the earlier one may have decided other sizes.
    /// </summary>
    public OpenSizes? Relating(Size a, Size b)
    {
        foreach (int symbol in Used.Reverse().Where(s => !chosen.ContainsKey(s)))
        {
            var size = this[symbol];
            if ((Solved(size, a, b) ?? Solved(size, b, a)) is { IsNegative: false, IsKnown: true } solution) return With(symbol, solution);
        }
        return null;
    }

    // What a symbol must be where a multiple of it, or a sum with it, must be another size.
    private static Size? Solved(Size symbol, Size expression, Size demanded)
    {
        if (symbol.Divides(expression) && (expression / symbol) is { IsConcrete: true } factor)
            return factor.Divides(demanded) ? demanded / factor : null;
        return (expression - symbol) is { IsConcrete: true } rest ? demanded - rest : null;
    }

    // Few elements and many, so that the size of a part of an axis varies where the axis may have fewer elements than the part. A run of verification is at
    // the first two; the third tells symbols apart.
    private static Size Own(int symbol, long factor) => new([factor * 2, factor * 3, factor * NthPrime(LeastPrime, symbol), 1, 2]);

    private static long NthPrime(long least, int index)
    {
        for (long number = least; ; number++)
            if (IsPrime(number) && index-- == 0) return number;
    }

    private static bool IsPrime(long number)
    {
        for (long divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor == 0) return false;
        return true;
    }
}
