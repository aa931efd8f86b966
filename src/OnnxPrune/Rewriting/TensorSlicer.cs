using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>Removes, reorders or fills indices of a tensor, axis by axis; a null mask keeps an axis whole.</summary>
internal static class TensorSlicer
{
    /// <summary>The dense tensor that is left when the indices that the masks drop are removed.</summary>
    public static TensorProto Remove(TensorProto tensor, IReadOnlyList<bool[]?> masks) =>
        Take(tensor, [.. masks.Select(mask => mask is null ? null : KeptIndices(mask))]);

    /// <summary>The indices that a mask keeps.</summary>
    public static int[] KeptIndices(bool[] mask) => [.. Enumerable.Range(0, mask.Length).Where(i => mask[i])];

    /// <summary>The dense tensor of these indices along each axis, in this order; null selects a whole axis.</summary>
    public static TensorProto Take(TensorProto tensor, IReadOnlyList<int[]?> indices)
    {
        int width = Math.Max(1, Bits(tensor) / 8);
        long[] dims = [.. tensor.Dims.Select((d, axis) => indices[axis] is { } taken ? taken.Length : d)];
        var result = new byte[dims.Aggregate((long)width, (n, d) => n * d)];
        int written = 0;
        Copy(Elements(tensor), [.. tensor.Dims], indices, 0, result, ref written);
        var copy = WithoutData(tensor);
        copy.Dims.Clear();
        copy.Dims.AddRange(dims);
        copy.RawData = UnsafeByteOperations.UnsafeWrap(Bits(tensor) < 8 ? PackedElements.Pack(result, Bits(tensor)) : result);
        return copy;
    }

    /// <summary>The tensor with a number of its own at every index that some mask drops.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="masks">A mask per axis.</param>
    /// <param name="number">The number at a row-major position.</param>
    public static TensorProto Fill(TensorProto tensor, IReadOnlyList<bool[]?> masks, Func<long, double> number)
    {
        double[] values = Tensors.Doubles(tensor);
        long inner = values.Length;
        for (int axis = 0; axis < masks.Count; axis++)
        {
            long size = tensor.Dims[axis];
            inner /= Math.Max(1, size);
            if (masks[axis] is not { } mask) continue;
            for (long i = 0; i < values.Length; i++) if (!mask[i / inner % size]) values[i] = number(i);
        }
        return Tensors.Make(tensor.Name, Tensors.TypeOf(tensor), tensor.Dims, values);
    }

    /// <summary>The tensor with zeros at every index that some mask drops.</summary>
    public static TensorProto Zero(TensorProto tensor, IReadOnlyList<bool[]?> masks)
    {
        byte[] raw = tensor.RawData.ToByteArray();
        if (raw.Length == 0) return tensor;
        int inner = raw.Length;
        for (int axis = 0; axis < masks.Count; axis++)
        {
            int size = (int)tensor.Dims[axis];
            inner /= Math.Max(1, size);
            if (masks[axis] is not { } mask) continue;
            for (int block = 0; block < raw.Length / inner; block++) if (!mask[block % size]) raw.AsSpan(block * inner, inner).Clear();
        }
        var copy = WithoutData(tensor);
        copy.RawData = UnsafeByteOperations.UnsafeWrap(raw);
        return copy;
    }

    private static void Copy(
        ReadOnlySpan<byte> source, ReadOnlySpan<long> dims, IReadOnlyList<int[]?> indices, int axis, byte[] result, ref int written)
    {
        if (indices.Skip(axis).All(taken => taken is null))
        {
            source.CopyTo(result.AsSpan(written));
            written += source.Length;
            return;
        }
        int block = source.Length / Math.Max(1, (int)dims[axis]);
        int count = indices[axis]?.Length ?? (int)dims[axis];
        for (int i = 0; i < count; i++)
            Copy(source.Slice((indices[axis]?[i] ?? i) * block, block), dims, indices, axis + 1, result, ref written);
    }

    // One byte per element where the tensor packs several into one.
    private static ReadOnlySpan<byte> Elements(TensorProto tensor) =>
        Bits(tensor) < 8 ? PackedElements.Unpack(tensor.RawData.Span, Bits(tensor), Tensors.Count(tensor)) : tensor.RawData.Span;

    private static int Bits(TensorProto tensor) =>
        ElementTypes.Bits(Tensors.TypeOf(tensor)) is > 0 and var bits ? bits : throw Errors.Internal($"the tensor '{tensor.Name}' was to be cut");

    private static TensorProto WithoutData(TensorProto tensor)
    {
        var copy = new TensorProto { Name = tensor.Name, DataType = tensor.DataType };
        copy.Dims.AddRange(tensor.Dims);
        if (tensor.HasDocString) copy.DocString = tensor.DocString;
        copy.MetadataProps.AddRange(tensor.MetadataProps);
        return copy;
    }
}
