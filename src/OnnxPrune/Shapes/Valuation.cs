using System.Globalization;
using Onnx;

namespace OnnxPrune.Shapes;

/// <summary>
/// Numbers for the symbolic dimensions of a model's inputs. The deciding ones are distinct and share few factors, so that sizes that
/// agree at all of them agree everywhere; the nominal one is what reports count at: batch 1, sequences of 128, images of 224.
/// A symbol has the same numbers wherever it occurs, and one that is called a sum, as <c>past + 1</c>, has the sum of its terms.
/// </summary>
internal sealed class Valuation
{
    private static readonly Dictionary<DimensionKind, Size[]> Candidates = new()
    {
        [DimensionKind.Batch] = [Sizes(5, 3, 7, 1)],
        [DimensionKind.Sequence] = [Sizes(13, 11, 17, 128), Sizes(64, 96, 160, 128), Sizes(8, 16, 24, 32), Sizes(4, 3, 5, 6)],
        [DimensionKind.Image] = [Sizes(64, 96, 160, 224), Sizes(128, 192, 320, 256), Sizes(224, 448, 672, 224), Sizes(13, 11, 17, 19)],
    };

    // Distinct primes for models in which symbols stand in a relation that is still to be found.
    private static readonly long[] Primes = [19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127];

    private readonly Dictionary<string, Size> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> batches = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, Size> bound;

    private Valuation(
        IReadOnlyList<ValueInfoProto> inputs,
        IReadOnlyDictionary<string, long> given,
        Func<DimensionKind, int, Size> sizeOf,
        IReadOnlyDictionary<string, Size> bound)
    {
        this.bound = bound;
        var kinds = Kinds(inputs);
        var counts = new Dictionary<DimensionKind, int>();
        foreach (var (symbol, kind) in kinds)
        {
            int index = counts[kind] = counts.GetValueOrDefault(kind, -1) + 1;
            var size = sizeOf(kind, index);
            sizes[symbol] = given.TryGetValue(symbol, out long nominal) ? Sizes(size[0], size[1], size[2], nominal) : size;
            if (kind == DimensionKind.Batch && bound.Count == 0) batches.Add(symbol);
        }
        foreach (string symbol in kinds.Keys.Where(s => s.Contains('+', StringComparison.Ordinal))) Add(symbol);
        foreach (var (symbol, size) in bound) sizes[symbol] = size;
    }

    // In the order in which a symbol that occurs as several of them is one: images are the pickiest about their sizes.
    private enum DimensionKind
    {
        Image,
        Batch,
        Sequence,
    }

    /// <summary>The valuations to try, in order, with the nominal sizes <paramref name="given"/> by symbol.</summary>
    public static IEnumerable<Valuation> All(IReadOnlyList<ValueInfoProto> inputs, IReadOnlyDictionary<string, long> given) =>
        Enumerable.Range(0, Candidates.Values.Max(c => c.Length)).Select(attempt =>
            new Valuation(
                inputs, given, (kind, _) => Candidates[kind][Math.Min(attempt, Candidates[kind].Length - 1)], new Dictionary<string, Size>()));

    /// <summary>A valuation with distinct numbers for every symbol, except those <paramref name="bound"/> to a size.</summary>
    public static Valuation Distinct(
        IReadOnlyList<ValueInfoProto> inputs, IReadOnlyDictionary<string, long> given, IReadOnlyDictionary<string, Size> bound) =>
        new(inputs, given, Own, bound);

    /// <summary>The name by which a user knows the symbolic dimension <paramref name="axis"/> of the input <paramref name="input"/>.</summary>
    public static string Symbol(ValueInfoProto input, int axis)
    {
        var dimension = input.Type.TensorType.Shape.Dim[axis];
        return dimension.HasDimParam && dimension.DimParam.Length > 0 ? dimension.DimParam : $"{input.Name}.{axis}";
    }

    /// <summary>The names of all symbolic dimensions of an input, axis by axis; none where it declares no shape.</summary>
    public static IEnumerable<string> Symbols(ValueInfoProto input) =>
        Enumerable.Range(0, input.Type?.TensorType?.Shape?.Dim.Count ?? 0).Where(axis => IsSymbolic(input, axis)).Select(axis => Symbol(input, axis));

    /// <summary>
    /// Sizes to run a graph input at, or null where they are not known: batches of 1 and then 2, other symbolic dimensions as at
    /// the first two deciding valuations.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="run">0 or 1.</param>
    public long[]? RunShape(ValueInfoProto input, int run)
    {
        if (Shape(input) is not { } shape || shape.Any(s => !s.IsKnown)) return null;
        return [.. shape.Select((size, axis) => !IsSymbolic(input, axis) || !batches.Contains(Symbol(input, axis)) ? size[run] : run + 1)];
    }

    /// <summary>What a symbol stands for; unknown where no input has it.</summary>
    public Size SizeOf(string symbol) => sizes.GetValueOrDefault(symbol, Size.Unknown);

    /// <summary>The shape of a graph input, or null where it declares no rank.</summary>
    public Size[]? Shape(ValueInfoProto input)
    {
        if (input.Type?.TensorType?.Shape is not { } shape) return null;
        return [.. shape.Dim.Select((dimension, axis) => IsSymbolic(input, axis) ? sizes[Symbol(input, axis)] : Size.Of(dimension.DimValue))];
    }

    /// <summary>
    /// The symbol that must stand for another size than it does, so that two sizes agree which the model demands to be equal: total = past + new,
    /// say.
    /// Null where neither of them is a symbol that is free.
    /// </summary>
    public (string Symbol, Size Size)? Relation(Size a, Size b)
    {
        var free = sizes.Where(s => !bound.ContainsKey(s.Key) && !s.Value.IsConcrete).Reverse().ToList();
        foreach (var (symbol, size) in free)
        {
            if (size == a) return (symbol, b);
            if (size == b) return (symbol, a);
        }
        return null;
    }

    private static Size Own(DimensionKind kind, int index)
    {
        var first = Candidates[kind][0];
        if (index == 0) return first;
        int start = 3 * ((2 * index) + (int)kind) % (Primes.Length - 2);
        return kind == DimensionKind.Image
            ? first.Map(n => n + (32 * index))
            : Sizes(Primes[start], Primes[start + 1], Primes[start + 2], first[Size.Nominal]);
    }

    private static bool IsSymbolic(ValueInfoProto input, int axis) =>
        input.Type.TensorType.Shape.Dim[axis] is not { HasDimValue: true, DimValue: > 0 };

    private static Dictionary<string, DimensionKind> Kinds(IReadOnlyList<ValueInfoProto> inputs)
    {
        var kinds = new Dictionary<string, DimensionKind>(StringComparer.Ordinal);
        foreach (var input in inputs.Where(i => i.Type?.TensorType?.Shape is not null))
        {
            int rank = input.Type.TensorType.Shape.Dim.Count;
            for (int axis = 0; axis < rank; axis++)
            {
                if (!IsSymbolic(input, axis)) continue;
                string symbol = Symbol(input, axis);
                var kind = Kind(symbol, axis, rank);
                if (!kinds.TryGetValue(symbol, out var known) || kind < known) kinds[symbol] = kind;
            }
        }
        return kinds;
    }

    private static DimensionKind Kind(string symbol, int axis, int rank)
    {
        if (axis == 0 || symbol.Contains("batch", StringComparison.OrdinalIgnoreCase)) return DimensionKind.Batch;
        return rank >= 4 ? DimensionKind.Image : DimensionKind.Sequence;
    }

    private void Add(string symbol)
    {
        var terms = symbol.Split('+', StringSplitOptions.TrimEntries).Select(Summand).ToList();
        if (!terms.TrueForAll(t => t.IsKnown)) return;
        sizes[symbol] = terms.Aggregate(Size.Zero, (sum, term) => sum + term);
        batches.Remove(symbol);
    }

    private Size Summand(string term) =>
        long.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? Size.Of(number) : SizeOf(term);

    private static Size Sizes(long a, long b, long c, long nominal) => new([a, b, c, nominal]);
}
