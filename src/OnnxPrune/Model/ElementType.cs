using OnnxPrune.Diagnostics;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Model;

/// <summary>Facts about ONNX element types.</summary>
internal static class ElementType
{
    /// <summary>Bits of one element; 0 for strings and unknown types.</summary>
    public static int Bits(DataType type) => type switch
    {
        DataType.Int2 or DataType.Uint2 => 2,
        DataType.Int4 or DataType.Uint4 or DataType.Float4E2M1 => 4,
        DataType.Uint8 or DataType.Int8 or DataType.Bool or DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz
            or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz or DataType.Float8E8M0 => 8,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 16,
        DataType.Int32 or DataType.Uint32 or DataType.Float => 32,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>True for the floating-point types whose tensors can be weights.</summary>
    public static bool IsFloat(DataType type) =>
        type is DataType.Float or DataType.Float16 or DataType.Bfloat16 or DataType.Double;

    /// <summary>True for the integer types and bool.</summary>
    public static bool IsInteger(DataType type) => type is DataType.Int64 or DataType.Int32 or DataType.Int16 or DataType.Int8
        or DataType.Uint64 or DataType.Uint32 or DataType.Uint16 or DataType.Uint8 or DataType.Bool;

    /// <summary>The smallest and the largest integer of a type of at most 32 bits.</summary>
    public static (double Low, double High) Range(DataType type)
    {
        double count = Math.ScaleB(1, Bits(type));
        bool signed = type is DataType.Int2 or DataType.Int4 or DataType.Int8 or DataType.Int16 or DataType.Int32;
        return signed ? (-count / 2, (count / 2) - 1) : (0, count - 1);
    }

    /// <summary>Bytes of <paramref name="count"/> elements, packed.</summary>
    /// <exception cref="OnnxPruneException">OP1006 when the type has no fixed size.</exception>
    public static long Bytes(DataType type, long count) => Bits(type) is > 0 and var bits
        ? ((count * bits) + 7) / 8
        : throw Errors.Malformed($"a tensor of type {type} has no fixed element size");
}
