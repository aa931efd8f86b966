using Onnx;

namespace OnnxPrune.Shapes;

/// <summary>
/// Numbers for the symbolic dimensions of a model's inputs. The deciding ones are distinct and share few factors, so that sizes that
/// agree at all of them agree everywhere; the nominal one is what reports count at: batch 1, sequences of 128, images of 224.
/// </summary>
public sealed class Valuation
{
    private static readonly Dictionary<DimensionKind, Size[]> Candidates = new()
    {
        [DimensionKind.Batch] = [Sizes(5, 3, 7, 1)],
        [DimensionKind.Sequence] = [Sizes(13, 11, 17, 128), Sizes(64, 96, 160, 128), Sizes(8, 16, 24, 32)],
        [DimensionKind.Image] = [Sizes(64, 96, 160, 224), Sizes(128, 192, 320, 256), Sizes(224, 448, 672, 224), Sizes(13, 11, 17, 19)],
    };

    private readonly IReadOnlyDictionary<string, long> given;
    private readonly IReadOnlyDictionary<string, DimensionKind> kinds;
    private readonly int attempt;

    private Valuation(IReadOnlyDictionary<string, DimensionKind> kinds, IReadOnlyDictionary<string, long> given, int attempt)
    {
        this.kinds = kinds;
        this.given = given;
        this.attempt = attempt;
    }

    // In the order in which a symbol that occurs as several of them is one: images are the pickiest about their sizes.
    private enum DimensionKind
    {
        Image,
        Batch,
        Sequence,
    }

    /// <summary>The valuations to try for a model with these inputs, in order, with the nominal sizes <paramref name="given"/> by symbol.</summary>
    public static IEnumerable<Valuation> All(IEnumerable<ValueInfoProto> inputs, IReadOnlyDictionary<string, long> given)
    {
        var kinds = Occurrences(inputs).GroupBy(o => o.Symbol, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(o => o.Kind), StringComparer.Ordinal);
        return Enumerable.Range(0, Candidates.Values.Max(c => c.Length)).Select(attempt => new Valuation(kinds, given, attempt));
    }

    /// <summary>The name by which a user knows the symbolic dimension <paramref name="axis"/> of the input <paramref name="input"/>.</summary>
    public static string Symbol(ValueInfoProto input, int axis)
    {
        var dimension = input.Type.TensorType.Shape.Dim[axis];
        return dimension.HasDimParam && dimension.DimParam.Length > 0 ? dimension.DimParam : $"{input.Name}.{axis}";
    }

    /// <summary>
    /// Sizes to run a graph input at, or null where they are not known: batches of 1 and then 2, other symbolic dimensions as at
    /// the first two deciding valuations.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="run">0 or 1.</param>
    public long[]? RunShape(ValueInfoProto input, int run)
    {
        if (Shape(input) is not { } shape || shape.Any(s => !s.IsKnown)) return null;
        return [.. shape.Select((size, axis) => size.IsConcrete || kinds[Symbol(input, axis)] != DimensionKind.Batch ? size[run] : run + 1)];
    }

    /// <summary>Adds what the named symbols of a graph input stand for.</summary>
    internal void AddSymbols(ValueInfoProto input, Dictionary<string, Size> symbols)
    {
        if (Shape(input) is not { } shape) return;
        for (int axis = 0; axis < shape.Length; axis++)
            if (input.Type.TensorType.Shape.Dim[axis] is { DimParam.Length: > 0 } dimension) symbols.TryAdd(dimension.DimParam, shape[axis]);
    }

    /// <summary>The shape of a graph input, or null where it declares no rank.</summary>
    public Size[]? Shape(ValueInfoProto input)
    {
        if (input.Type?.TensorType?.Shape is not { } shape) return null;
        return Enumerable.Range(0, shape.Dim.Count).Select(axis => Of(input, axis)).ToArray();
    }

    private Size Of(ValueInfoProto input, int axis)
    {
        var dimension = input.Type.TensorType.Shape.Dim[axis];
        if (dimension.HasDimValue && dimension.DimValue > 0) return Size.Of(dimension.DimValue);
        string symbol = Symbol(input, axis);
        var candidates = Candidates[kinds[symbol]];
        var size = candidates[Math.Min(attempt, candidates.Length - 1)];
        return given.TryGetValue(symbol, out long nominal) ? Sizes(size[0], size[1], size[2], nominal) : size;
    }

    private static IEnumerable<(string Symbol, DimensionKind Kind)> Occurrences(IEnumerable<ValueInfoProto> inputs) =>
        from input in inputs
        let rank = input.Type?.TensorType?.Shape?.Dim.Count ?? 0
        from axis in Enumerable.Range(0, rank)
        let symbol = Symbol(input, axis)
        select (symbol, Kind(symbol, axis, rank));

    private static DimensionKind Kind(string symbol, int axis, int rank)
    {
        if (axis == 0 || symbol.Contains("batch", StringComparison.OrdinalIgnoreCase)) return DimensionKind.Batch;
        return rank >= 4 ? DimensionKind.Image : DimensionKind.Sequence;
    }

    private static Size Sizes(long a, long b, long c, long nominal) => new([a, b, c, nominal]);
}
