using OnnxPrune.Diagnostics;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Sizes of symbolic dimensions at which a model runs, where it does not run at the usual sizes: a window may be longer than the input, or a size
/// may be hard-coded in a place that shape inference does not see. The runtime is asked.
/// </summary>
internal sealed class RunnableSizes : IDisposable
{
    // Each attempt runs the model once; most fail in an early node.
    private const int MostAttempts = 40;

    private readonly ModelAnalysis analysis;
    private readonly ModelSession session;
    private readonly CancellationToken cancellation;

    private RunnableSizes(ModelAnalysis analysis, ExecutionProvider provider, CancellationToken cancellation)
    {
        this.analysis = analysis;
        this.cancellation = cancellation;
        session = ModelSession.Load(Rewriter.Mask(Cut.Nothing(analysis)), provider);
    }

    private Valuation Valuation => analysis.Shapes.Valuation;

    /// <summary>The analysis of the same model at sizes that it runs at; null if it runs at the usual sizes, or at none that were tried.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    public static ModelAnalysis? Find(ModelAnalysis analysis, ExecutionProvider provider, CancellationToken cancellation)
    {
        try
        {
            if (!analysis.Shapes.Valuation.AllSymbols.Any()) return null;
            using var search = new RunnableSizes(analysis, provider, cancellation);
            if (search.Runs([], 0) && search.Runs([], 1)) return null;
            return search.Attempts().Take(MostAttempts).Select(search.Fitting).FirstOrDefault(sizes => sizes is not null) is { } found
                ? ModelAnalysis.Run(analysis.Source, analysis.Dimensions.Choosing(found), analysis.Operators)
                : null;
        }
        catch (OnnxPruneException e) when (e.Code is ErrorCodes.RuntimeRejectedModel or ErrorCodes.NotVerified)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    // Sizes that someone named; then one row of sizes for all symbols; then for one symbol after the other. A batch may be hard-coded to 1.
    private IEnumerable<Dictionary<string, Size>> Attempts()
    {
        var symbols = Valuation.AllSymbols.ToList();
        var others = symbols.ToDictionary(s => s, s => Valuation.Others(s).ToList());
        var known = symbols.Where(s => Valuation.Known(s) is not null).ToDictionary(s => s, s => Valuation.Known(s)!.Value);
        var one = symbols.Where(Valuation.IsBatch).ToDictionary(s => s, _ => Size.One);
        yield return known;
        yield return one;
        yield return Over(one, known);
        for (int row = 0; row < others.Values.Max(o => o.Count); row++)
        {
            var sizes = symbols.Except(known.Keys).Where(s => others[s].Count > row).ToDictionary(s => s, s => others[s][row]);
            yield return Over(sizes, known);
            yield return Over(Over(sizes, one), known);
        }
        foreach (string symbol in symbols.Except(known.Keys))
            foreach (var size in others[symbol]) yield return Over(known, new() { [symbol] = size });
    }

    // Sizes at which both runs succeed; or the sizes of the first run alone.
    private Dictionary<string, Size>? Fitting(Dictionary<string, Size> sizes)
    {
        if (sizes.Count == 0 || !Runs(sizes, 0)) return null;
        return Runs(sizes, 1) ? sizes : sizes.ToDictionary(s => s.Key, s => Size.Of(s.Value[0]));
    }

    private bool Runs(Dictionary<string, Size> sizes, int run)
    {
        cancellation.ThrowIfCancellationRequested();
        var tried = Valuation.With(sizes);
        try
        {
            session.Run(InputGenerator.Create(analysis, input => input.Declared is null ? null : tried.RunShape(input.Declared, run), Comparison.Seed));
            return true;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return false;
        }
    }

    private static Dictionary<string, Size> Over(Dictionary<string, Size> below, Dictionary<string, Size> above) =>
        below.Concat(above).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value);
}
