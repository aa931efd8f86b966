using OnnxPrune.Diagnostics;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Model;

/// <summary>Facts about ONNX element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bits of one element; 0 for strings and unknown types.</summary>
    public static int Bits(ElementType type) => type switch
    {
        ElementType.Int2 or ElementType.Uint2 => 2,
        ElementType.Int4 or ElementType.Uint4 or ElementType.Float4E2M1 => 4,
        ElementType.Uint8 or ElementType.Int8 or ElementType.Bool or ElementType.Float8E4M3Fn or ElementType.Float8E4M3Fnuz
            or ElementType.Float8E5M2 or ElementType.Float8E5M2Fnuz or ElementType.Float8E8M0 => 8,
        ElementType.Uint16 or ElementType.Int16 or ElementType.Float16 or ElementType.Bfloat16 => 16,
        ElementType.Int32 or ElementType.Uint32 or ElementType.Float => 32,
        ElementType.Int64 or ElementType.Uint64 or ElementType.Double or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>True for the floating-point types whose tensors can be weights.</summary>
    public static bool IsFloat(ElementType type) =>
        type is ElementType.Float or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double;

    /// <summary>True for the integer types and bool.</summary>
    public static bool IsInteger(ElementType type) => type is ElementType.Int64 or ElementType.Int32 or ElementType.Int16 or ElementType.Int8
        or ElementType.Uint64 or ElementType.Uint32 or ElementType.Uint16 or ElementType.Uint8 or ElementType.Bool;

    /// <summary>The smallest and the largest integer of a type of at most 32 bits.</summary>
    public static (double Low, double High) Range(ElementType type)
    {
        double count = Math.ScaleB(1, Bits(type));
        bool signed = type is ElementType.Int2 or ElementType.Int4 or ElementType.Int8 or ElementType.Int16 or ElementType.Int32;
        return signed ? (-count / 2, (count / 2) - 1) : (0, count - 1);
    }

    /// <summary>Bytes of <paramref name="count"/> elements, packed.</summary>
    /// <exception cref="OnnxPruneException">OP1006 when the type has no fixed size.</exception>
    public static long Bytes(ElementType type, long count) => Bits(type) is > 0 and var bits
        ? ((count * bits) + 7) / 8
        : throw Errors.Malformed($"a tensor of type {type} has no fixed element size");
}
