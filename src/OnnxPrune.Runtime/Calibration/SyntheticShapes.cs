using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>The shapes of a batch of synthetic inputs. A symbol has the same size wherever it occurs.</summary>
internal sealed class SyntheticShapes
{
    // Of the activations that are live at one time, per sample: layers are fitted to a few thousand positions, larger pictures only take longer.
    private const long UsualBytes = 4L << 20;
    private readonly Dictionary<Value, long[]?> shapes;

    private SyntheticShapes(ModelAnalysis analysis, int samples, Func<ValueInfoProto, long[]?> of)
    {
        Samples = samples;
        shapes = analysis.Graph.Inputs.ToDictionary(i => i, i => i.Declared is { } declared ? of(declared) : null);
    }

    /// <summary>Samples of a batch.</summary>
    public int Samples { get; }

    /// <summary>The shape of an input; null where it has none.</summary>
    public long[]? Of(Value input) => shapes[input];

    /// <summary>
    /// Nominal sizes, or where these would take long the largest that do not; as many samples in a batch as are wanted and the memory allows. All
    /// where the model leaves it open.
    /// </summary>
    public static SyntheticShapes Usual(ModelAnalysis analysis, int samples)
    {
        var inputs = analysis.Graph.Inputs.Select(i => i.Declared).Where(i => i?.Type?.TensorType?.Shape is not null).Select(i => i!).ToList();
        int valuation = ValuationOf(analysis);
        if (SampleAxis.Symbol(inputs) is not { } batch) return Of(analysis, FixedBatch(inputs), null, valuation);
        return Of(analysis, Math.Clamp(samples, 1, CalibrationSet.BatchOf(analysis, valuation)), batch, valuation);
    }

    /// <summary>The first shapes that the model runs on: usual ones, one sample at nominal sizes, else those that verification runs at.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="run">Runs the model.</param>
    /// <exception cref="OnnxPruneException">What the last run threw.</exception>
    public static SyntheticShapes Runnable(ModelAnalysis analysis, int samples, Action<SyntheticShapes> run)
    {
        var usual = Usual(analysis, samples);
        SyntheticShapes[] candidates = [usual, Of(analysis, 1, null, Size.Nominal), Verified(analysis, 1), Verified(analysis, 0)];
        for (int i = 0; ; i++)
        {
            try
            {
                run(candidates[i]);
                return candidates[i];
            }
            catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel && i < candidates.Length - 1)
            {
            }
        }
    }

    private static int ValuationOf(ModelAnalysis analysis)
    {
        var bySize = Enumerable.Range(0, Size.Count)
            .Select(v => (Valuation: v, Bytes: LiveActivations.BytesPerSample(analysis, v)))
            .OrderBy(v => v.Bytes)
            .ToList();
        long nominal = LiveActivations.BytesPerSample(analysis);
        if (nominal <= UsualBytes || nominal == bySize[0].Bytes) return Size.Nominal;
        return bySize.FindLast(v => v.Bytes <= UsualBytes && v.Bytes < nominal) is { Bytes: > 0 } fits ? fits.Valuation : bySize[0].Valuation;
    }

    private static SyntheticShapes Of(ModelAnalysis analysis, int samples, string? batch, int valuation) => new(
        analysis, samples, input =>
            analysis.Shapes.Valuation.Shape(input)?.Select((size, axis) => SampleAxis.Has(input, axis, batch) ? samples : size[valuation]).ToArray());

    // Batches of 1 and 2.
    private static SyntheticShapes Verified(ModelAnalysis analysis, int run) =>
        new(analysis, run + 1, input => analysis.Shapes.Valuation.RunShape(input, run));

    private static int FixedBatch(List<ValueInfoProto> inputs) =>
        inputs.Find(i => i.Type.TensorType.Shape.Dim.Count > 0) is { } first && !Valuation.IsSymbolic(first, 0)
            ? (int)first.Type.TensorType.Shape.Dim[0].DimValue
            : 1;
}
