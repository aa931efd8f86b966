using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Samples without labels, as batches of a model's inputs.</summary>
/// <param name="Source">Where they come from, for reports: a path, or <c>synthetic</c>.</param>
/// <param name="Batches">For every batch the inputs by name.</param>
internal sealed record CalibrationSet(string Source, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Batches)
{
    /// <summary>Samples of a batch where the model does not fix it.</summary>
    public const int BatchSize = 64;

    /// <summary>Samples that are used of a large set.</summary>
    public const int UsualSamples = 1024;

    // Two networks are walked at the same time.
    private const long LiveBytes = 400L << 20;

    // Some batches are run again for every group; of few samples outputs have no mean.
    private const double BatchMacs = 32e9, LeastBatch = 4;

    /// <summary>Samples that every group is measured on, unless the work is bounded.</summary>
    public const int UsualMeasured = 128;

    private string? hash;

    // A copy may get other batches: it has a hash of its own.
    private CalibrationSet(CalibrationSet original) => (Source, Batches, Samples, Measured, IsUsual) = (original.Source, original.Batches, original.Samples, original.Measured, original.IsUsual);

    /// <summary>Hash of names, types, shapes and elements: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Hash => hash ??= CalibrationHash.Of(this);

    /// <summary>The <see cref="Source"/> of data made from the model alone.</summary>
    public const string SyntheticSource = "synthetic";

    /// <summary>The value of the option that asks for no data.</summary>
    public const string NoSource = "none";

    /// <summary>True for data made from the model alone.</summary>
    public bool IsSynthetic => Source == SyntheticSource;

    /// <summary>Number of samples: unless said otherwise the first axis of the first input, over all batches.</summary>
    public int Samples { get; init; } = (int)Batches.Sum(BatchCount.Samples);

    /// <summary>Samples that every group is measured on, at least.</summary>
    public int Measured { get; init; } = UsualMeasured;

    /// <summary>True if no option asked for the samples.</summary>
    public bool IsUsual { get; init; }

    /// <summary>
    /// How many samples are used where nobody says: <see cref="UsualSamples"/>, or fewer where the activations that are live at one time would take
    /// too much memory for all of them.
    /// </summary>
    public static int DefaultSamples(ModelAnalysis analysis) =>
        (int)Math.Clamp(LiveBytes / Math.Max(1, LiveActivations.BytesPerSample(analysis)), 16, UsualSamples);

    /// <summary>
    /// Samples made from the model alone: noise with the statistics of photographs for images, normal numbers and valid positions else.
    /// </summary>
    /// <param name="analysis">The model.</param>
    /// <param name="samples">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="provider">Where the model will run on them; the processor where nobody says.</param>
    /// <param name="cancellation">Stops the making of samples.</param>
    /// <exception cref="OnnxPruneException">OP2002: the model runs on no inputs that can be made up.</exception>
    public static CalibrationSet Synthetic(
        ModelAnalysis analysis, int samples, int seed, ExecutionProvider? provider = null, CancellationToken cancellation = default) =>
        SyntheticData.Create(analysis, samples, seed, provider ?? ExecutionProvider.Cpu, cancellation);

    /// <summary>
    /// Samples of a batch where the model does not fix it: <see cref="BatchSize"/>, or fewer where they would take much memory or time.
    /// </summary>
    /// <param name="analysis">The model.</param>
    /// <param name="valuation">The valuation of symbolic dimensions.</param>
    internal static int BatchOf(ModelAnalysis analysis, int valuation)
    {
        double bytes = Math.Max(1, LiveActivations.BytesPerSample(analysis, valuation));
        double share = bytes / Math.Max(1, LiveActivations.BytesPerSample(analysis));
        double byMemory = LiveBytes / 4 / bytes, byTime = BatchMacs / Math.Max(1, analysis.Cost.Total(_ => null).Macs * share);
        return (int)Math.Clamp(Math.Min(byMemory, Math.Max(LeastBatch, byTime)), 1, BatchSize);
    }

    /// <summary>
    /// Reads <c>FILE.npy</c> (a model with one input), <c>FILE.npz</c> (an array per input), a folder of .npy files named like the inputs, or a
    /// folder of ONNX test data (<c>input_0.pb</c>, …, in itself or in its folders), each of which is one batch.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="analysis">The model that the data is for.</param>
    /// <param name="samples">How many samples to use; others are left out, drawn by <paramref name="seed"/>. Null for all.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP2002 the data does not fit the model.</exception>
    public static CalibrationSet Load(string path, ModelAnalysis analysis, int? samples, int seed)
    {
        if (Directory.Exists(path) && TestData.FoldersOf(path) is { Count: > 0 } folders)
            return new CalibrationSet(path, TestData.Load(folders, analysis, samples));
        var arrays = CalibrationArrays.Load(path, analysis);
        return new CalibrationSet(path, arrays.Batches(samples, seed));
    }
}
