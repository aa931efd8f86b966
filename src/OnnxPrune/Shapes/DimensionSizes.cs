namespace OnnxPrune.Shapes;

/// <summary>What is known of the sizes of symbolic dimensions before a model is analysed, by symbol.</summary>
internal sealed record DimensionSizes
{
    private static readonly Dictionary<string, long> None = [];

    /// <summary>Nothing is known.</summary>
    public static readonly DimensionSizes Unknown = new();

    /// <summary>The sizes at which reports count.</summary>
    public IReadOnlyDictionary<string, long> Nominal { get; init; } = None;

    /// <summary>The sizes of data that the model runs on.</summary>
    public IReadOnlyDictionary<string, long> Data { get; init; } = None;

    /// <summary>Sizes that replace the usual ones, because the model does not run at these.</summary>
    public IReadOnlyDictionary<string, Size> Chosen { get; init; } = new Dictionary<string, Size>();

    /// <summary>A size at which the model runs, or null where nobody named one.</summary>
    public long? KnownOf(string symbol) => Nominal.TryGetValue(symbol, out long size) || Data.TryGetValue(symbol, out size) ? size : null;

    /// <summary>These sizes with another choice.</summary>
    public DimensionSizes Choosing(IEnumerable<KeyValuePair<string, Size>> sizes) => this with { Chosen = new Dictionary<string, Size>(sizes) };
}
