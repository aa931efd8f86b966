using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Calibration data from the model alone. Images are <see cref="SyntheticImages"/>; other floats are standard normal; integers are valid positions.
/// Where the graph begins by subtracting and dividing by constants, values are laid out so that they come out standardised.
/// </summary>
internal static class SyntheticData
{
    // Between the seeds of two sets.
    private const int Stride = 7919;

    /// <summary>Batches of synthetic inputs.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="seed">The seed.</param>
    public static CalibrationSet Create(ModelAnalysis analysis, int samples, int seed) =>
        Create(analysis, samples, seed, SyntheticShapes.Usual(analysis, samples), CancellationToken.None);

    /// <summary>Batches of synthetic inputs of the first shapes that the model runs on.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Stops the making of samples.</param>
    /// <exception cref="OnnxPruneException">OP2002: it runs on none.</exception>
    public static CalibrationSet Create(ModelAnalysis analysis, int samples, int seed, ExecutionProvider provider, CancellationToken cancellation)
    {
        try
        {
            var model = new OnnxModel(analysis.Graph.Model, analysis.Source.Path);
            bool narrows = SinglePrecision.Concerns(model.Proto);
            using var session = ModelSession.Load(narrows ? SinglePrecision.Of(model) : model, provider);
            IReadOnlyDictionary<string, HostTensor> First(SyntheticShapes shapes) => Batch(analysis, shapes, seed * Stride);
            return Create(
                analysis,
                samples,
                seed,
                SyntheticShapes.Runnable(analysis, samples, shapes => session.Run(narrows ? SinglePrecision.Of(First(shapes)) : First(shapes))),
                cancellation);
        }
        catch (OnnxPruneException e) when (e.Code is ErrorCodes.RuntimeRejectedModel or ErrorCodes.NotVerified)
        {
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                $"synthetic samples cannot be generated for this model: {e.Message}; give samples with --calibration, "
                    + "or use the weights alone with --calibration none",
                analysis.Source.Path,
                e);
        }
    }

    private static CalibrationSet Create(ModelAnalysis analysis, int samples, int seed, SyntheticShapes shapes, CancellationToken cancellation)
    {
        int batches = (samples + shapes.Samples - 1) / shapes.Samples;
        var made = new List<IReadOnlyDictionary<string, HostTensor>>();
        for (int batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            made.Add(Batch(analysis, shapes, (seed * Stride) + batch));
        }
        return new CalibrationSet(CalibrationSet.SyntheticSource, made) { Samples = batches * shapes.Samples };
    }

    private static Dictionary<string, HostTensor> Batch(ModelAnalysis analysis, SyntheticShapes shapes, int seed) =>
        analysis.Graph.Inputs.ToDictionary(i => i.Name, i => Input(analysis, i, shapes.Of(i), seed), StringComparer.Ordinal);

    private static HostTensor Input(ModelAnalysis analysis, Value input, long[]? dims, int seed)
    {
        var type = analysis.Shapes[input];
        if (dims is null || !HostTensor.IsFloatType((TensorElementType)(int)type.Type)) return InputGenerator.Create(analysis, input, dims, seed);
        InputGenerator.CheckSize(input, dims);
        var random = new Random(seed);
        double[] values = dims.Length == 4
            ? SyntheticImages.Create(dims, random)
            : [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(_ => InputGenerator.Normal(random))];
        var (mean, deviation) = Standardisation(analysis, input, dims);
        long inner = dims.Skip(2).Aggregate(1L, (n, d) => n * d);
        for (int i = 0; i < values.Length; i++)
        {
            int channel = dims.Length > 1 ? (int)(i / inner % dims[1]) : 0;
            values[i] = (values[i] * deviation[channel % deviation.Length]) + mean[channel % mean.Length];
        }
        return HostTensor.Of((TensorElementType)(int)type.Type, dims, values);
    }

    // The constants of a leading Sub and Div, per channel.
    private static (double[] Mean, double[] Deviation) Standardisation(ModelAnalysis analysis, Value input, long[] dims)
    {
        double[] mean = [0], deviation = [1];
        var value = input;
        while (analysis.Graph.OnlyReaderOf(value) is { } node)
        {
            bool subtracts = analysis.Operators.Computes(ElementFunction.Difference, node);
            if (!subtracts && !analysis.Operators.Computes(ElementFunction.Quotient, node)) break;
            if (node.Inputs[0] != value || node.Inputs[1]?.Initializer is not { } constant) break;
            double[] numbers = Tensors.Doubles(constant);
            if (numbers.Length != 1 && (dims.Length < 2 || numbers.Length != dims[1])) break;
            if (subtracts)
                mean =
                [
                    .. Enumerable.Range(0, Math.Max(mean.Length, numbers.Length))
                        .Select(i => mean[i % mean.Length] + (numbers[i % numbers.Length] * deviation[i % deviation.Length])),
                ];
            else
                deviation =
                [
                    .. Enumerable.Range(0, Math.Max(deviation.Length, numbers.Length))
                        .Select(i => deviation[i % deviation.Length] * numbers[i % numbers.Length]),
                ];
            value = node.Outputs[0]!;
        }
        return (mean, deviation);
    }
}
