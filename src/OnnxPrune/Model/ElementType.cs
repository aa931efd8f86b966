namespace OnnxPrune.Advanced;

/// <summary>The element type of a tensor. The numbers are the numbers of ONNX (<c>TensorProto.DataType</c> in onnx.proto).</summary>
public enum ElementType
{
    /// <summary>No type.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 single precision.</summary>
    Float = 1,

    /// <summary>An unsigned integer of 8 bits.</summary>
    Uint8 = 2,

    /// <summary>A signed integer of 8 bits.</summary>
    Int8 = 3,

    /// <summary>An unsigned integer of 16 bits.</summary>
    Uint16 = 4,

    /// <summary>A signed integer of 16 bits.</summary>
    Int16 = 5,

    /// <summary>A signed integer of 32 bits.</summary>
    Int32 = 6,

    /// <summary>A signed integer of 64 bits.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text.</summary>
    String = 8,

    /// <summary>True or false.</summary>
    Bool = 9,

    /// <summary>IEEE 754 half precision.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 double precision.</summary>
    Double = 11,

    /// <summary>An unsigned integer of 32 bits.</summary>
    Uint32 = 12,

    /// <summary>An unsigned integer of 64 bits.</summary>
    Uint64 = 13,

    /// <summary>Two single precision numbers.</summary>
    Complex64 = 14,

    /// <summary>Two double precision numbers.</summary>
    Complex128 = 15,

    /// <summary>The upper 16 bits of a single precision number.</summary>
    Bfloat16 = 16,

    /// <summary>A float of 8 bits: 4 of exponent, 3 of mantissa, without infinities.</summary>
    Float8E4M3Fn = 17,

    /// <summary>A float of 8 bits: 4 of exponent, 3 of mantissa, without infinities and negative zero.</summary>
    Float8E4M3Fnuz = 18,

    /// <summary>A float of 8 bits: 5 of exponent, 2 of mantissa.</summary>
    Float8E5M2 = 19,

    /// <summary>A float of 8 bits: 5 of exponent, 2 of mantissa, without infinities and negative zero.</summary>
    Float8E5M2Fnuz = 20,

    /// <summary>An unsigned integer of 4 bits.</summary>
    Uint4 = 21,

    /// <summary>A signed integer of 4 bits.</summary>
    Int4 = 22,

    /// <summary>A float of 4 bits: 2 of exponent, 1 of mantissa.</summary>
    Float4E2M1 = 23,

    /// <summary>A float of 8 bits: 8 of exponent, 0 of mantissa.</summary>
    Float8E8M0 = 24,

    /// <summary>An unsigned integer of 2 bits.</summary>
    Uint2 = 25,

    /// <summary>A signed integer of 2 bits.</summary>
    Int2 = 26,
}
