using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>NumPy arrays for the inputs of a model, each with an axis that counts samples.</summary>
internal sealed class CalibrationArrays
{
    private readonly IReadOnlyList<(ValueInfoProto Input, NumpyArray Array, int Axis)> arrays;
    private readonly string path;

    private CalibrationArrays(IReadOnlyList<(ValueInfoProto, NumpyArray, int)> arrays, string path)
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
        string? batch = SampleAxis.Symbol([.. inputs.Select(i => i.Declared!).Where(i => i.Type.TensorType.Shape is not null)]);
        var arrays = inputs.ConvertAll(input =>
        {
            var array = NumpyArray.Load(PathOf(path, input.Name, inputs.Count == 1));
            return (Input: input.Declared!, Array: array, Axis: SampleAxis.Of(input.Declared!, batch, array.Dims));
        });
        foreach (var (input, array, axis) in arrays) SampleShape.Check(input, array.Dims, axis, path);
        if (arrays.Select(a => a.Array.Dims[a.Axis]).Distinct().Count() > 1)
            throw new OnnxPruneException(ErrorCodes.InvalidData, "the arrays for the inputs have different numbers of samples", path);
        return new CalibrationArrays([.. arrays.OrderBy(a => a.Axis)], path);
    }

    /// <summary>
    /// The samples in batches; a model with a fixed batch gets whole batches only, and at least one. As many samples asked for again are the same
    /// ones.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Batches(int? samples, int seed)
    {
        int available = (int)arrays[0].Array.Dims[arrays[0].Axis];
        var first = arrays[0].Input.Type.TensorType.Shape?.Dim.ElementAtOrDefault(arrays[0].Axis);
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
        arrays.ToDictionary(a => a.Input.Name, a => Rows(a.Input, a.Array, samples, a.Axis), StringComparer.Ordinal);

    private static HostTensor Rows(ValueInfoProto input, NumpyArray array, int[] samples, int axis)
    {
        long[] dims = [.. array.Dims.Select((size, i) => i == axis ? samples.Length : size)];
        return HostTensor.Of((TensorElementType)input.Type.TensorType.ElemType, dims, array.Take(samples, axis));
    }

    /// <summary>The shape of the array for an input.</summary>
    public static long[] DimsOf(string path, string input, bool isOnly) => NumpyArray.DimsOf(PathOf(path, input, isOnly));

    private static string PathOf(string path, string input, bool isOnly)
    {
        if (Directory.Exists(path)) return Path.Combine(path, input + ".npy");
        bool isArchive = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        if (!isArchive && !isOnly)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                "the model has several inputs; give a .npz file or a folder with one array per input, under the name of the input",
                path);
        return isArchive && !isOnly ? $"{path}:{input}" : path;
    }
}
