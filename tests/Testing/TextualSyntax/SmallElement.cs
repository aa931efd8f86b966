using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>
/// Elements that a TensorProto keeps in int32_data. An integer literal is the bit pattern of a 16-bit or 8-bit floating-point element;
/// a decimal literal of type float16 or bfloat16 is rounded to it.
/// </summary>
internal static class SmallElement
{
    public static int Parse(TokenReader reader, ElementType type) => type switch
    {
        ElementType.Int32 => reader.Integer<int>(),
        ElementType.Int16 => reader.Integer<short>(),
        ElementType.Int8 => reader.Integer<sbyte>(),
        ElementType.Uint8 or ElementType.Bool => reader.Integer<byte>(),
        ElementType.Uint16 => reader.Integer<ushort>(),
        ElementType.Float16 => Bits(reader, value => BitConverter.HalfToUInt16Bits((Half)value)),
        ElementType.Bfloat16 => Bits(reader, BrainBits),
        _ when type.ToString().StartsWith("Float8", StringComparison.Ordinal) => reader.Integer<byte>(),
        _ => throw reader.Problem($"values of type {type} are not supported"),
    };

    private static int Bits(TokenReader reader, Func<float, ushort> round) =>
        reader.Next.Kind == TokenKind.Integer ? reader.Integer<ushort>() : round(reader.Floating<float>());

    /// <summary>The upper half of a float's bits, rounded to nearest, ties to even.</summary>
    private static ushort BrainBits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
            return (ushort)((bits >> 16) | 0x40);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
