using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Compares the shape of data with what an input takes.</summary>
internal static class SampleShape
{
    /// <summary>Refuses data that do not fit, except along the axis that counts samples.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the data have another rank or other sizes.</exception>
    public static void Check(ValueInfoProto input, long[] dims, int samples, string path)
    {
        if (input.Type?.TensorType?.Shape?.Dim is not { } wanted) return;
        bool fits = wanted.Count == dims.Length
            && wanted.Zip(dims).Select((p, axis) => axis == samples || !p.First.HasDimValue || p.First.DimValue <= 0 || p.First.DimValue == p.Second).All(fit => fit);
        string shape = string.Join(',', wanted.Select((d, axis) => d.HasDimValue ? $"{d.DimValue}" : Valuation.Symbol(input, axis)));
        if (!fits)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, $"the data for '{input.Name}' has shape [{string.Join(',', dims)}], but the model requires [{shape}]", path);
    }
}
