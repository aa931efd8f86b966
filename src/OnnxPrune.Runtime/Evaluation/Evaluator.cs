using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Evaluation;

/// <summary>Runs a classifier over labelled data: the first input gets the data, the first output are the scores, [batch, classes].</summary>
internal static class Evaluator
{
    private const int BatchSize = 100;

    /// <summary>The accuracy of <paramref name="model"/>. Data is converted to the input's element type without rescaling.</summary>
    /// <exception cref="OnnxPruneException">OP2002: data, labels and model do not match; OP6001, OP6002: the model cannot run.</exception>
    public static Accuracy Evaluate(
        OnnxModel model, NumpyArray data, NumpyArray labels, ExecutionProvider provider, CancellationToken cancellation = default)
    {
        if (labels.Dims.Length != 1 || labels.Samples != data.Samples)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                $"{data.Samples} samples need {data.Samples} labels in one axis; the labels have shape [{string.Join(',', labels.Dims)}]");
        using var session = ModelSession.Load(model, provider);
        var input = model.Proto.Graph.Input.First(i => i.Name == session.Inputs[0]);
        CheckShape(input, data);
        var first = input.Type.TensorType.Shape.Dim[0];
        int batch = first.HasDimValue && first.DimValue > 0 ? (int)first.DimValue : BatchSize;
        int top1 = 0, top5 = 0;
        for (int start = 0; start < data.Samples; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, data.Samples - start);
            int rows = first.HasDimValue && first.DimValue > 0 ? batch : count;
            var scores = session.Run(new Dictionary<string, HostTensor> { [input.Name] = Batch(input, data, start, count, rows) })[0];
            CountHits(scores, labels, start, count, ref top1, ref top5);
        }
        return new Accuracy(data.Samples, (double)top1 / data.Samples, (double)top5 / data.Samples);
    }

    private static void CheckShape(Onnx.ValueInfoProto input, NumpyArray data)
    {
        var dims = input.Type.TensorType.Shape.Dim;
        bool fits = dims.Count == data.Dims.Length
            && dims.Skip(1).Zip(data.Dims.Skip(1)).All(p => !p.First.HasDimValue || p.First.DimValue <= 0 || p.First.DimValue == p.Second);
        string wanted = string.Join(',', dims.Select((d, axis) => d.HasDimValue ? $"{d.DimValue}" : Valuation.Symbol(input, axis)));
        if (!fits)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, $"the data has shape [{string.Join(',', data.Dims)}], but the input '{input.Name}' has [{wanted}]");
    }

    // A model with a fixed batch gets its last rows filled with zeros.
    private static HostTensor Batch(Onnx.ValueInfoProto input, NumpyArray data, int start, int count, int rows)
    {
        var values = new double[rows * data.SampleSize];
        for (int i = 0; i < count * data.SampleSize; i++) values[i] = data.Values[(start * data.SampleSize) + i];
        return HostTensor.Of((TensorElementType)input.Type.TensorType.ElemType, [rows, .. data.Dims.Skip(1)], values);
    }

    private static void CountHits(HostTensor scores, NumpyArray labels, int start, int count, ref int top1, ref int top5)
    {
        if (scores.Dims.Length != 2)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                $"the first output has shape [{string.Join(',', scores.Dims)}]; the output of a classifier has [batch, classes]");
        double[] values = scores.ToDoubles();
        int classes = (int)scores.Dims[1];
        for (int row = 0; row < count; row++)
        {
            int label = (int)labels.Values[start + row];
            if (label < 0 || label >= classes)
                throw new OnnxPruneException(ErrorCodes.InvalidData, $"label {label} of sample {start + row} is not one of {classes} classes");
            var outputs = values.AsSpan(row * classes, classes);
            int better = 0;
            for (int c = 0; c < classes; c++) if (outputs[c] > outputs[label] || (outputs[c] == outputs[label] && c < label)) better++;
            if (double.IsNaN(outputs[label])) continue;
            if (better == 0) top1++;
            if (better < 5) top5++;
        }
    }
}
