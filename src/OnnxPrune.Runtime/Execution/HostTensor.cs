using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Execution;

/// <summary>A dense tensor in memory: element type, shape and row-major data.</summary>
/// <param name="Type">The element type, as ONNX Runtime names it.</param>
/// <param name="Dims">The shape.</param>
/// <param name="Data">The elements, little-endian.</param>
internal sealed record HostTensor(TensorElementType Type, long[] Dims, byte[] Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Dims.Aggregate(1L, (n, d) => n * d);

    /// <summary>True for floating-point elements.</summary>
    public bool IsFloat => IsFloatType(Type);

    /// <summary>True for integers of 8 and 16 bits.</summary>
    public bool IsNarrowInteger => Type is TensorElementType.Int8 or TensorElementType.UInt8 or TensorElementType.Int16 or TensorElementType.UInt16;

    /// <summary>A tensor of these values converted to <paramref name="type"/>.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the type cannot be made.</exception>
    public static HostTensor Of(TensorElementType type, long[] dims, ReadOnlySpan<double> values)
    {
        var proto = Model.Tensors.Make("", OnnxType(type), dims, values);
        return new HostTensor(type, dims, proto.RawData.ToByteArray());
    }

    /// <summary>The elements as doubles.</summary>
    public double[] ToDoubles()
    {
        var proto = new Onnx.TensorProto { DataType = (int)OnnxType(Type), RawData = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(Data) };
        proto.Dims.AddRange(Dims);
        return Model.Tensors.Doubles(proto);
    }

    internal static bool IsFloatType(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16 or TensorElementType.BFloat16;

    internal OrtValue ToOrtValue()
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, Type, Dims);
        Data.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    internal static HostTensor FromOrtValue(OrtValue value)
    {
        if (!value.IsTensor)
            throw new OnnxPruneException(ErrorCodes.NotVerified, "an output is a sequence, a map or an optional, which cannot be compared");
        var info = value.GetTensorTypeAndShape();
        if (info.ElementDataType == TensorElementType.String)
            throw new OnnxPruneException(ErrorCodes.NotVerified, "an output contains strings, which cannot be compared");
        int bytes = checked((int)(info.ElementCount * Width(info.ElementDataType)));
        return new HostTensor(info.ElementDataType, info.Shape, MemoryMarshal.AsBytes(value.GetTensorDataAsSpan<byte>())[..bytes].ToArray());
    }

    // The numbers of TensorElementType are those of onnx.TensorProto.DataType.
    private static ElementType OnnxType(TensorElementType type) => (ElementType)(int)type;

    private static int Width(TensorElementType type) => type switch
    {
        TensorElementType.Double or TensorElementType.Int64 or TensorElementType.UInt64 => 8,
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Float16 or TensorElementType.BFloat16 or TensorElementType.Int16 or TensorElementType.UInt16 => 2,
        _ => 1,
    };
}
