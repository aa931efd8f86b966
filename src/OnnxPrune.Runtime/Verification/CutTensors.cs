using Google.Protobuf;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Verification;

/// <summary>Computed tensors of the original at the width of the pruned model, or masked.</summary>
internal static class CutTensors
{
    /// <summary>The masks of the axes of a value; null for an axis that keeps all indices.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="value">A value of its model.</param>
    /// <param name="run">The valuation of the symbolic dimensions.</param>
    public static List<bool[]?> MasksOf(Cut cut, Value value, int run)
    {
        var masks = cut.Masks(run);
        return [.. cut.Analysis.Layouts.LayoutOf(value)?.Select(term => masks.KeepsAll(term) ? null : masks.Of(term)) ?? []];
    }

    /// <summary>The tensor of a value without its removed indices.</summary>
    public static HostTensor Narrow(Cut cut, Value value, HostTensor tensor, int run) =>
        MasksOf(cut, value, run) is var masks && masks.TrueForAll(mask => mask is null)
            ? tensor
            : Changed(tensor, proto => TensorSlicer.Remove(proto, masks));

    /// <summary>A tensor after a change of its serialized form.</summary>
    public static HostTensor Changed(HostTensor tensor, Func<TensorProto, TensorProto> change)
    {
        var proto = new TensorProto { DataType = (int)tensor.Type, RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data) };
        proto.Dims.AddRange(tensor.Dims);
        var changed = change(proto);
        return new HostTensor((TensorElementType)changed.DataType, [.. changed.Dims], changed.RawData.ToByteArray());
    }
}
