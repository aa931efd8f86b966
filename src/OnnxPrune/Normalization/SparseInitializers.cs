using System.Buffers.Binary;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>Makes sparse initializers dense, as runtimes do when they load them: channels are cut from dense tensors.</summary>
internal static class SparseInitializers
{
    // A few bytes can describe a tensor of any size. Larger ones stay sparse, and nothing is cut from them.
    private const long LargestDense = 1 << 30;

    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var converted = graph.SparseInitializer.Where(t => IsWholeBytes(t) && DenseBytes(t) <= LargestDense).ToList();
        foreach (var sparse in converted)
        {
            graph.Initializer.Add(Dense(sparse));
            graph.SparseInitializer.Remove(sparse);
        }
    }

    private static bool IsWholeBytes(SparseTensorProto sparse) => ElementTypes.Bits(Tensors.TypeOf(sparse.Values)) >= 8;

    private static long DenseBytes(SparseTensorProto sparse) => ElementTypes.Bytes(Tensors.TypeOf(sparse.Values), Count(sparse));

    private static long Count(SparseTensorProto sparse) => sparse.Dims.Aggregate(1L, (n, d) => n * d);

    // onnx.proto, SparseTensorProto: indices are positions in row-major order, [NNZ], or coordinates, [NNZ, rank].
    private static TensorProto Dense(SparseTensorProto sparse)
    {
        RawTensorData.Pack(sparse.Values);
        if (sparse.Indices is not null) RawTensorData.Pack(sparse.Indices);
        int width = ElementTypes.Bits(Tensors.TypeOf(sparse.Values)) / 8;
        var raw = new byte[DenseBytes(sparse)];
        var values = sparse.Values.RawData.Span;
        for (int i = 0; i < values.Length / width; i++) values.Slice(i * width, width).CopyTo(raw.AsSpan((int)Position(sparse, i) * width));
        var dense = new TensorProto { Name = sparse.Values.Name, DataType = sparse.Values.DataType, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        dense.Dims.AddRange(sparse.Dims);
        return dense;
    }

    private static long Position(SparseTensorProto sparse, int element)
    {
        int perElement = sparse.Indices?.Dims.Count == 2 ? sparse.Dims.Count : 1;
        var indices = sparse.Indices is null ? default : sparse.Indices.RawData.Span;
        if (indices.Length < (element + 1L) * perElement * sizeof(long)) throw Malformed(sparse);
        long position = 0, count = Count(sparse);
        for (int axis = 0; axis < perElement; axis++)
            position = (position * (perElement == 1 ? 1 : sparse.Dims[axis]))
                + BinaryPrimitives.ReadInt64LittleEndian(indices[(((element * perElement) + axis) * sizeof(long))..]);
        return position >= 0 && position < count ? position : throw Malformed(sparse);
    }

    private static OnnxPruneException Malformed(SparseTensorProto sparse) =>
        Errors.Malformed($"the indices of the sparse initializer '{sparse.Values.Name}' do not fit it");
}
