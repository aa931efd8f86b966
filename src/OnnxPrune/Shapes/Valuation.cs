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

    // For windows and pads that need long inputs: a second of sound has 16,000 samples, and hops between frames divide these sizes.
    private static readonly Size[] Growing =
    [
        Sizes(64, 96, 160, 128), Sizes(256, 384, 640, 512), Sizes(1024, 1536, 2560, 2048), Sizes(4096, 6144, 10240, 8192), Sizes(16000, 24000, 40000, 16000),
        Sizes(64000, 96000, 160000, 64000),
    ];

    // Distinct primes for models in which symbols stand in a relation that is still to be found.
    private static readonly long[] Primes = [19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127];

    private readonly Dictionary<string, Size> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DimensionKind> kinds;
    private readonly IReadOnlyDictionary<string, Size> bound;
    private readonly DimensionSizes dimensions;
    private readonly IReadOnlyList<ValueInfoProto> inputs;
    private readonly Func<DimensionKind, int, Size> sizeOf;

    private Valuation(
        IReadOnlyList<ValueInfoProto> inputs,
        DimensionSizes dimensions,
        Func<DimensionKind, int, Size> sizeOf,
        IReadOnlyDictionary<string, Size> bound)
    {
        (this.inputs, this.dimensions, this.sizeOf, this.bound) = (inputs, dimensions, sizeOf, bound);
        kinds = Kinds(inputs);
        var counts = new Dictionary<DimensionKind, int>();
        foreach (var (symbol, kind) in kinds)
        {
            int index = counts[kind] = counts.GetValueOrDefault(kind, -1) + 1;
            var size = sizeOf(kind, index);
            sizes[symbol] = Nominal(symbol, size);
            if (kind == DimensionKind.Batch && bound.Count == 0) batches.Add(symbol);
        }
        foreach (string symbol in kinds.Keys.Where(s => s.Contains('+', StringComparison.Ordinal))) Add(symbol);
        foreach (var (symbol, size) in bound) sizes[symbol] = size;
        foreach (var (symbol, size) in dimensions.Chosen.Where(c => kinds.ContainsKey(c.Key)))
        {
            sizes[symbol] = Nominal(symbol, size);
            batches.Remove(symbol);
        }
    }

    // In the order in which a symbol that occurs as several of them is one: images are the pickiest about their sizes.
    private enum DimensionKind
    {
        Image,
        Batch,
        Sequence,
    }

    /// <summary>What is known of the symbols' sizes.</summary>
    public DimensionSizes Dimensions => dimensions;

    /// <summary>The symbols of all inputs.</summary>
    public IEnumerable<string> AllSymbols => kinds.Keys;

    /// <summary>The valuations to try, in order.</summary>
    public static IEnumerable<Valuation> All(IReadOnlyList<ValueInfoProto> inputs, DimensionSizes dimensions) =>
        Enumerable.Range(0, Candidates.Values.Max(c => c.Length)).Select(attempt =>
            new Valuation(
                inputs, dimensions, (kind, _) => Candidates[kind][Math.Min(attempt, Candidates[kind].Length - 1)], new Dictionary<string, Size>()));

    /// <summary>A valuation with distinct numbers for every symbol, except those <paramref name="bound"/> to a size.</summary>
    public static Valuation Distinct(
        IReadOnlyList<ValueInfoProto> inputs, DimensionSizes dimensions, IReadOnlyDictionary<string, Size> bound) =>
        new(inputs, dimensions, Own, bound);

    /// <summary>The valuation with other sizes for some symbols.</summary>
    public Valuation With(IReadOnlyDictionary<string, Size> sizes) =>
        new(inputs, dimensions.Choosing(dimensions.Chosen.Where(c => !sizes.ContainsKey(c.Key)).Concat(sizes)), sizeOf, bound);

    /// <summary>True for a symbol that counts samples.</summary>
    public bool IsBatch(string symbol) => kinds[symbol] == DimensionKind.Batch;

    /// <summary>
    /// Other sizes to try for a symbol whose usual sizes do not fit: those around the size that a user named or that data has, growing sizes, and 1 for
    /// a size that the model has hard-coded.
    /// </summary>
    public IEnumerable<Size> Others(string symbol)
    {
        IEnumerable<Size> known = Known(symbol) is { } size ? [size, Size.Of(size[0])] : [];
        var kind = kinds[symbol];
        var rows = Candidates[kind].Concat(kind == DimensionKind.Batch ? [] : Growing);
        return known.Concat(rows).Append(Size.One).Select(other => Nominal(symbol, other)).Distinct().Where(other => other != sizes[symbol]);
    }

    /// <summary>Sizes that begin with the size that a user named or that data has; null if neither is known.</summary>
    public Size? Known(string symbol) => dimensions.KnownOf(symbol) is { } n ? Sizes(n, 2 * n, 3 * n, n) : null;

    /// <summary>The valuation that a run of verification has its sizes from: the second run is at the sizes that a user named.</summary>
    /// <param name="run">0 or 1.</param>
    public int RunValuation(int run) => run == 1 && kinds.Keys.Any(dimensions.Nominal.ContainsKey) ? Size.Nominal : run;

    /// <summary>The name by which a user knows the symbolic dimension <paramref name="axis"/> of the input <paramref name="input"/>.</summary>
    public static string Symbol(ValueInfoProto input, int axis)
    {
        var dimension = input.Type.TensorType.Shape.Dim[axis];
        return dimension.HasDimParam && dimension.DimParam.Length > 0 ? dimension.DimParam : $"{input.Name}.{axis}";
    }

    /// <summary>True for an axis of an input whose size the model leaves open.</summary>
    public static bool IsSymbolic(ValueInfoProto input, int axis) =>
        input.Type.TensorType.Shape.Dim[axis] is not { HasDimValue: true, DimValue: > 0 };

    /// <summary>The names of all symbolic dimensions of an input, axis by axis; none where it declares no shape.</summary>
    public static IEnumerable<string> Symbols(ValueInfoProto input) =>
        Enumerable.Range(0, input.Type?.TensorType?.Shape?.Dim.Count ?? 0).Where(axis => IsSymbolic(input, axis)).Select(axis => Symbol(input, axis));

    /// <summary>
    /// Sizes to run a graph input at, or null where they are not known: batches of 1 and then 2, other symbolic dimensions as at
    /// the first two deciding valuations, or at the nominal valuation in the second run if a user named sizes.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="run">0 or 1.</param>
    public long[]? RunShape(ValueInfoProto input, int run)
    {
        if (Shape(input) is not { } shape || shape.Any(s => !s.IsKnown)) return null;
        int valuation = RunValuation(run);
        return [.. shape.Select((size, axis) => IsSymbolic(input, axis) && IsOpenBatch(Symbol(input, axis)) ? run + 1 : size[valuation])];

        bool IsOpenBatch(string symbol) => batches.Contains(symbol) && !dimensions.Nominal.ContainsKey(symbol);
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

    private Size Nominal(string symbol, Size size) =>
        dimensions.Nominal.TryGetValue(symbol, out long nominal) && !size.IsConcrete ? Sizes(size[0], size[1], size[2], nominal) : size;

    private static Size Sizes(long a, long b, long c, long nominal) => new([a, b, c, nominal]);
}
