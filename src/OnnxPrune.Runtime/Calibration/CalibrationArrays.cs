using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>NumPy arrays for the inputs of a model: the first axis of each counts samples.</summary>
internal sealed class CalibrationArrays
{
    private readonly IReadOnlyList<(ValueInfoProto Input, NumpyArray Array)> arrays;
    private readonly string path;

    private CalibrationArrays(IReadOnlyList<(ValueInfoProto, NumpyArray)> arrays, string path)
    {
        this.arrays = arrays;
        this.path = path;
    }

    /// <summary>Reads an array for each input.</summary>
    public static CalibrationArrays Load(string path, ModelAnalysis analysis)
    {
        var inputs = analysis.Graph.Inputs.ToList();
        if (inputs.Exists(i => i.Declared?.Type?.TensorType is null))
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, "an input of the model is not a tensor with a declared type, so calibration is not possible", path);
        var arrays = inputs.ConvertAll(input => (input.Declared!, Of(path, input, inputs.Count == 1)));
        foreach (var (input, array) in arrays) SampleShape.Check(input, [.. array.Dims.Select(d => (long)d)], path);
        if (arrays.Select(a => a.Item2.Samples).Distinct().Count() > 1)
            throw new OnnxPruneException(ErrorCodes.InvalidData, "the arrays for the inputs have different numbers of samples", path);
        return new CalibrationArrays(arrays, path);
    }

    /// <summary>
    /// The samples in batches; a model with a fixed batch gets whole batches only, and at least one. As many samples asked for again are the same
    /// ones.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Batches(int? samples, int seed)
    {
        int available = arrays[0].Array.Samples;
        var first = arrays[0].Input.Type.TensorType.Shape?.Dim.FirstOrDefault();
        bool isFixed = first?.HasDimValue == true && first.DimValue > 0;
        int size = isFixed ? (int)first!.DimValue : CalibrationSet.BatchSize;
        if (available < (isFixed ? size : 1))
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, $"the model requires batches of {(isFixed ? size : 1)}, but there are {available} samples", path);
        int wanted = Math.Min(samples ?? available, available);
        if (isFixed) wanted = Math.Max(1, wanted / size) * size;
        return [.. Chosen(available, wanted, seed).Chunk(size).Select(Batch)];
    }

    // Sorted, so that taking all samples keeps their order.
    private static int[] Chosen(int available, int wanted, int seed)
    {
        var order = Enumerable.Range(0, available).ToArray();
        if (wanted == available) return order;
        new Random(seed).Shuffle(order);
        return [.. order.Take(wanted).Order()];
    }

    private Dictionary<string, HostTensor> Batch(int[] samples) =>
        arrays.ToDictionary(a => a.Input.Name, a => Rows(a.Input, a.Array, samples), StringComparer.Ordinal);

    private static HostTensor Rows(ValueInfoProto input, NumpyArray array, int[] samples)
    {
        int size = array.SampleSize;
        var values = new double[samples.Length * size];
        for (int row = 0; row < samples.Length; row++)
            for (int i = 0; i < size; i++) values[(row * size) + i] = array.Values[(samples[row] * size) + i];
        return HostTensor.Of((TensorElementType)input.Type.TensorType.ElemType, [samples.Length, .. array.Dims.Skip(1)], values);
    }

    private static NumpyArray Of(string path, Value input, bool isOnly)
    {
        if (Directory.Exists(path)) return NumpyArray.Load(Path.Combine(path, input.Name + ".npy"));
        bool isArchive = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        if (!isArchive && !isOnly)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                "the model has several inputs; give a .npz file or a folder with one array per input, under the name of the input",
                path);
        return NumpyArray.Load(isArchive && !isOnly ? $"{path}:{input.Name}" : path);
    }
}
