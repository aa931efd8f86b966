using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Normalization;

/// <summary>Moves tensor data out of the typed fields (float_data, int32_data, …) into raw_data, little-endian.</summary>
internal static class RawTensorData
{
    internal static void Apply(ModelProto model)
    {
        foreach (var tensor in TensorWalk.All(model))
        {
            Pack(tensor);
            if (ElementTypes.Bits(Tensors.TypeOf(tensor)) > 0 && !Tensors.IsComplete(tensor))
                throw Errors.Malformed($"the tensor '{tensor.Name}' has {tensor.RawData.Length} bytes of data, not what its shape needs");
        }
    }

    /// <summary>Moves the data of one tensor.</summary>
    public static void Pack(TensorProto tensor)
    {
        var type = Tensors.TypeOf(tensor);
        if (tensor.HasRawData || type == ElementType.String || ElementTypes.Bits(type) == 0) return;
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(Packed(tensor, type));
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
    }

    // onnx.proto, TensorProto: which field holds which type, and that narrow types are stored one element per int32.
    private static byte[] Packed(TensorProto tensor, ElementType type) => type switch
    {
        ElementType.Float or ElementType.Complex64 => Bytes<float>(tensor.FloatData.ToArray()),
        ElementType.Double or ElementType.Complex128 => Bytes<double>(tensor.DoubleData.ToArray()),
        ElementType.Int64 => Bytes<long>(tensor.Int64Data.ToArray()),
        ElementType.Uint64 => Bytes<ulong>(tensor.Uint64Data.ToArray()),
        ElementType.Uint32 => Bytes<uint>(tensor.Uint64Data.Select(v => (uint)v).ToArray()),
        ElementType.Int32 => Bytes<int>(tensor.Int32Data.ToArray()),
        _ => ElementTypes.Bits(type) switch
        {
            16 => Bytes<ushort>(tensor.Int32Data.Select(v => (ushort)v).ToArray()),
            <= 8 => tensor.Int32Data.Select(v => (byte)v).ToArray(),
            _ => throw Errors.Malformed($"tensor '{tensor.Name}' of type {type} has no data"),
        },
    };

    private static byte[] Bytes<T>(T[] values)
        where T : struct => MemoryMarshal.AsBytes<T>(values).ToArray();
}
