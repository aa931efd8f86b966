using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Model;

/// <summary>Reads and makes tensors whose data is raw little-endian bytes (as normalization leaves them all).</summary>
internal static class Tensors
{
    /// <summary>The element type.</summary>
    public static ElementType TypeOf(TensorProto tensor) => (ElementType)tensor.DataType;

    /// <summary>Number of elements: the product of the dims.</summary>
    public static long Count(TensorProto tensor) => tensor.Dims.Aggregate(1L, (n, d) => n * d);

    /// <summary>True for float, float16, bfloat16 and double tensors.</summary>
    public static bool IsFloat(TensorProto tensor) => ElementTypes.IsFloat(TypeOf(tensor));

    /// <summary>True when the elements can be read as numbers: all but strings, complex numbers and unknown types.</summary>
    public static bool IsReadable(TensorProto tensor) =>
        IsFloat(tensor) || ElementTypes.IsInteger(TypeOf(tensor)) || ElementTypes.Bits(TypeOf(tensor)) is > 0 and < 8 || SmallFloat.Is(TypeOf(tensor));

    /// <summary>True when there is raw data for every element, and no more.</summary>
    public static bool IsComplete(TensorProto tensor) => tensor.RawData.Length == ElementTypes.Bytes(TypeOf(tensor), Count(tensor));

    /// <summary>The values as floats; float32 tensors are not copied.</summary>
    public static ReadOnlySpan<float> Floats(TensorProto tensor)
    {
        var raw = tensor.RawData.Span;
        if (TypeOf(tensor) == ElementType.Float) return MemoryMarshal.Cast<byte, float>(raw);
        var values = new float[Count(tensor)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)Read(TypeOf(tensor), raw, i);
        return values;
    }

    /// <summary>The values as doubles; 64-bit integers beyond 2^53 are rounded.</summary>
    public static double[] Doubles(TensorProto tensor)
    {
        var raw = tensor.RawData.Span;
        var values = new double[Count(tensor)];
        for (int i = 0; i < values.Length; i++) values[i] = Read(TypeOf(tensor), raw, i);
        return values;
    }

    /// <summary>The value at a row-major position; nothing else is read.</summary>
    public static double At(TensorProto tensor, int position) => Read(TypeOf(tensor), tensor.RawData.Span, position);

    /// <summary>A tensor of <paramref name="type"/> with these values, rounded to the type.</summary>
    public static TensorProto Make(string name, ElementType type, IEnumerable<long> dims, ReadOnlySpan<double> values)
    {
        var raw = new byte[ElementTypes.Bytes(type, values.Length)];
        for (int i = 0; i < values.Length; i++) Write(type, raw, i, values[i]);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        tensor.Dims.AddRange(dims);
        return tensor;
    }

    /// <summary>A one-dimensional int64 tensor.</summary>
    public static TensorProto Int64s(string name, params ReadOnlySpan<long> values)
    {
        var raw = new byte[values.Length * sizeof(long)];
        MemoryMarshal.AsBytes(values).CopyTo(raw);
        return new TensorProto
        {
            Name = name,
            DataType = (int)ElementType.Int64,
            Dims = { values.Length },
            RawData = UnsafeByteOperations.UnsafeWrap(raw),
        };
    }

    /// <summary>The nearest bfloat16.</summary>
    public static double RoundedToBfloat16(double number) => BitConverter.Int32BitsToSingle(RoundToBfloat16((float)number) << 16);

    private static double Read(ElementType type, ReadOnlySpan<byte> raw, int i) => type switch
    {
        ElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(raw[(i * 4)..]),
        ElementType.Double => BinaryPrimitives.ReadDoubleLittleEndian(raw[(i * 8)..]),
        ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(raw[(i * 2)..]),
        ElementType.Bfloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(raw[(i * 2)..]) << 16),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(raw[(i * 8)..]),
        ElementType.Uint64 => BinaryPrimitives.ReadUInt64LittleEndian(raw[(i * 8)..]),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw[(i * 4)..]),
        ElementType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(raw[(i * 4)..]),
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(raw[(i * 2)..]),
        ElementType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(raw[(i * 2)..]),
        ElementType.Int8 => (sbyte)raw[i],
        ElementType.Uint8 or ElementType.Bool => raw[i],
        ElementType.Uint4 or ElementType.Uint2 => PackedElements.Get(raw, ElementTypes.Bits(type), i),
        ElementType.Int4 or ElementType.Int2 => Signed(PackedElements.Get(raw, ElementTypes.Bits(type), i), ElementTypes.Bits(type)),
        ElementType.Float4E2M1 => SmallFloat.Decode(type, PackedElements.Get(raw, ElementTypes.Bits(type), i)),
        _ when SmallFloat.Is(type) => SmallFloat.Decode(type, raw[i]),
        _ => throw Diagnostics.Errors.Malformed($"values of type {type} cannot be read here"),
    };

    private static void Write(ElementType type, Span<byte> raw, int i, double value)
    {
        switch (type)
        {
            case ElementType.Float: BinaryPrimitives.WriteSingleLittleEndian(raw[(i * 4)..], (float)value); break;
            case ElementType.Double: BinaryPrimitives.WriteDoubleLittleEndian(raw[(i * 8)..], value); break;
            case ElementType.Float16: BinaryPrimitives.WriteHalfLittleEndian(raw[(i * 2)..], (Half)value); break;
            case ElementType.Bfloat16: BinaryPrimitives.WriteInt16LittleEndian(raw[(i * 2)..], RoundToBfloat16((float)value)); break;
            case ElementType.Int64: BinaryPrimitives.WriteInt64LittleEndian(raw[(i * 8)..], (long)value); break;
            case ElementType.Uint64: BinaryPrimitives.WriteUInt64LittleEndian(raw[(i * 8)..], (ulong)value); break;
            case ElementType.Int32: BinaryPrimitives.WriteInt32LittleEndian(raw[(i * 4)..], (int)value); break;
            case ElementType.Uint32: BinaryPrimitives.WriteUInt32LittleEndian(raw[(i * 4)..], (uint)value); break;
            case ElementType.Int16: BinaryPrimitives.WriteInt16LittleEndian(raw[(i * 2)..], (short)value); break;
            case ElementType.Uint16: BinaryPrimitives.WriteUInt16LittleEndian(raw[(i * 2)..], (ushort)value); break;
            case ElementType.Int8: raw[i] = (byte)(sbyte)value; break;
            case ElementType.Uint8: raw[i] = (byte)value; break;
            case ElementType.Int4 or ElementType.Uint4 or ElementType.Int2 or ElementType.Uint2:
                PackedElements.Set(raw, ElementTypes.Bits(type), i, (int)value);
                break;
            case ElementType.Float4E2M1: PackedElements.Set(raw, ElementTypes.Bits(type), i, SmallFloat.Encode(type, value)); break;
            case var _ when SmallFloat.Is(type): raw[i] = (byte)SmallFloat.Encode(type, value); break;
            case ElementType.Bool: raw[i] = value != 0 ? (byte)1 : (byte)0; break;
            default: throw Diagnostics.Errors.Malformed($"values of type {type} cannot be written here");
        }
    }

    private static int Signed(int code, int bits) => code >= 1 << (bits - 1) ? code - (1 << bits) : code;

    // Round to nearest, ties to even, on the upper 16 bits of the float32 pattern.
    private static short RoundToBfloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return (short)((bits >> 16) | 0x40);
        return (short)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
