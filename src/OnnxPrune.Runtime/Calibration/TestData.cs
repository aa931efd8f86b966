using Google.Protobuf;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Test data in the form of the ONNX model zoo: a folder per data set, in it a TensorProto per input, <c>input_0.pb</c> and so on.</summary>
internal static class TestData
{
    /// <summary>The folders below a path, or the path itself, that hold test data, in order of their names.</summary>
    public static IReadOnlyList<string> FoldersOf(string path) =>
        [.. Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).Prepend(path).Where(folder => File.Exists(InputFile(folder, 0)))];

    /// <summary>One batch per folder, up to <paramref name="samples"/> samples.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Load(IReadOnlyList<string> folders, ModelAnalysis analysis, int? samples)
    {
        var batches = new List<IReadOnlyDictionary<string, HostTensor>>();
        long count = 0;
        foreach (string folder in folders.TakeWhile(_ => samples is null || count < samples))
        {
            var batch = analysis.Graph.Inputs
                .Select((input, i) => (input.Name, Tensor: Of(input, InputFile(folder, i))))
                .ToDictionary(p => p.Name, p => p.Tensor, StringComparer.Ordinal);
            var other = batches.Count == 0
                ? null
                : batch.Keys.FirstOrDefault(name => !batch[name].Dims.Skip(1).SequenceEqual(batches[0][name].Dims.Skip(1)));
            if (other is not null)
                throw new OnnxPruneException(
                    ErrorCodes.InvalidData,
                    $"the sizes of '{other}' differ from those in {folders[0]}; all samples must have the same sizes", folder);
            count += batch.Values.First().Dims.FirstOrDefault(1);
            batches.Add(batch);
        }
        return batches;
    }

    /// <summary>The shape of an input's tensor in a folder.</summary>
    public static long[] DimsOf(string folder, int input) => Read(InputFile(folder, input)).Dims;

    private static HostTensor Of(Value input, string path)
    {
        var tensor = Read(path);
        if (input.Declared is not { Type.TensorType: { } type } declared) return tensor;
        SampleShape.Check(declared, tensor.Dims, 0, path);
        bool batchFits = type.Shape?.Dim is not [{ HasDimValue: true, DimValue: > 0 and var batch }, ..] || batch == tensor.Dims[0];
        if ((int)tensor.Type == type.ElemType && batchFits) return tensor;
        throw new OnnxPruneException(
            ErrorCodes.InvalidData,
            $"the data for '{input.Name}' is {tensor.Type} with {tensor.Dims.FirstOrDefault(1)} samples, which the model does not accept",
            path);
    }

    private static string InputFile(string folder, int input) => Path.Combine(folder, $"input_{input}.pb");

    private static HostTensor Read(string path)
    {
        try
        {
            var tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
            RawTensorData.Pack(tensor);
            if (!Tensors.IsComplete(tensor)) throw new OnnxPruneException(ErrorCodes.InvalidData, "the tensor's data do not fit its shape", path);
            return HostTensor.Of((TensorElementType)tensor.DataType, [.. tensor.Dims], Tensors.Doubles(tensor));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }
}
