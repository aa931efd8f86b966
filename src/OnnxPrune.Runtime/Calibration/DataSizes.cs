using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>The sizes of symbolic dimensions in calibration data: the model runs at these sizes.</summary>
internal static class DataSizes
{
    /// <summary>The sizes by symbol, except that of the batch. Only the headers of arrays are read; what cannot be read is reported when the data is loaded.</summary>
    /// <param name="path">The data: a .npy or .npz file or a folder; null or <c>synthetic</c> for none.</param>
    /// <param name="model">The model that the data is for.</param>
    public static IReadOnlyDictionary<string, long> Of(string? path, OnnxModel model)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        if (path is null or CalibrationSet.SyntheticSource or CalibrationSet.NoSource) return sizes;
        var initializers = model.Proto.Graph.Initializer.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = model.Proto.Graph.Input.Where(i => !initializers.Contains(i.Name)).ToList();
        string? batch = SampleAxis.Symbol([.. inputs.Where(i => i.Type?.TensorType?.Shape is not null)]);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (!Valuation.Symbols(inputs[i]).Any(symbol => symbol != batch) || DimsOf(path, inputs, i) is not { } dims) continue;
            if (dims.Length != inputs[i].Type.TensorType.Shape.Dim.Count) continue;
            for (int axis = 0; axis < dims.Length; axis++)
            {
                if (Valuation.IsSymbolic(inputs[i], axis) && Valuation.Symbol(inputs[i], axis) is var symbol && symbol != batch) sizes[symbol] = dims[axis];
            }
        }
        return sizes;
    }

    private static long[]? DimsOf(string path, List<ValueInfoProto> inputs, int input)
    {
        try
        {
            if (Directory.Exists(path) && TestData.FoldersOf(path) is [var first, ..]) return TestData.DimsOf(first, input);
            return CalibrationArrays.DimsOf(path, inputs[input].Name, inputs.Count == 1);
        }
        catch (OnnxPruneException)
        {
            return null;
        }
    }
}
