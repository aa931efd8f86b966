using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>Removes, reorders or zeroes indices of a tensor, axis by axis; a null mask keeps an axis whole.</summary>
internal static class TensorSlicer
{
    /// <summary>The dense tensor that is left when the indices that the masks drop are removed.</summary>
    public static TensorProto Remove(TensorProto tensor, IReadOnlyList<bool[]?> masks) =>
        Take(tensor, [.. masks.Select(mask => mask is null ? null : KeptIndices(mask))]);

    /// <summary>The indices that a mask keeps.</summary>
    public static int[] KeptIndices(bool[] mask) => [.. Enumerable.Range(0, mask.Length).Where(i => mask[i])];

    /// <summary>The dense tensor of these indices along each axis, in this order; null takes an axis as it is.</summary>
    public static TensorProto Take(TensorProto tensor, IReadOnlyList<int[]?> indices)
    {
        int width = ElementBytes(tensor);
        long[] dims = [.. tensor.Dims.Select((d, axis) => indices[axis] is { } taken ? taken.Length : d)];
        var result = new byte[dims.Aggregate((long)width, (n, d) => n * d)];
        int written = 0;
        Copy(tensor.RawData.Span, [.. tensor.Dims], indices, 0, result, ref written);
        var copy = WithoutData(tensor);
        copy.Dims.Clear();
        copy.Dims.AddRange(dims);
        copy.RawData = UnsafeByteOperations.UnsafeWrap(result);
        return copy;
    }

    /// <summary>The tensor with zeros at every index that some mask drops.</summary>
    public static TensorProto Zero(TensorProto tensor, IReadOnlyList<bool[]?> masks)
    {
        byte[] raw = tensor.RawData.ToByteArray();
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

    private static int ElementBytes(TensorProto tensor)
    {
        int bits = ElementType.Bits(Tensors.TypeOf(tensor));
        return bits >= 8 ? bits / 8 : throw Errors.Internal($"the packed tensor '{tensor.Name}' was to be cut");
    }

    private static TensorProto WithoutData(TensorProto tensor)
    {
        var copy = new TensorProto { Name = tensor.Name, DataType = tensor.DataType };
        copy.Dims.AddRange(tensor.Dims);
        if (tensor.HasDocString) copy.DocString = tensor.DocString;
        copy.MetadataProps.AddRange(tensor.MetadataProps);
        return copy;
    }
}
