using static Onnx.TensorProto.Types;

namespace OnnxPrune.Model;

/// <summary>Floating-point numbers of at most eight bits (ONNX specification, "Float stored in 8 bits" and "Float stored in 4 bits").</summary>
internal static class SmallFloat
{
    /// <summary>True for the types that <see cref="Decode(ElementType, int)"/> reads.</summary>
    public static bool Is(ElementType type) => type is ElementType.Float8E4M3Fn or ElementType.Float8E4M3Fnuz or ElementType.Float8E5M2
        or ElementType.Float8E5M2Fnuz or ElementType.Float8E8M0 or ElementType.Float4E2M1;

    /// <summary>The number that a code of <paramref name="type"/> stands for.</summary>
    public static double Decode(ElementType type, int code) => type switch
    {
        ElementType.Float8E4M3Fn => (code & 0x7f) == 0x7f ? double.NaN : Decode(code, exponentBits: 4, mantissaBits: 3, bias: 7),
        ElementType.Float8E4M3Fnuz => code == 0x80 ? double.NaN : Decode(code, exponentBits: 4, mantissaBits: 3, bias: 8),
        ElementType.Float8E5M2 => (code & 0x7c) == 0x7c ? Special(code) : Decode(code, exponentBits: 5, mantissaBits: 2, bias: 15),
        ElementType.Float8E5M2Fnuz => code == 0x80 ? double.NaN : Decode(code, exponentBits: 5, mantissaBits: 2, bias: 16),
        ElementType.Float8E8M0 => code == 0xff ? double.NaN : Math.ScaleB(1, code - 127),
        ElementType.Float4E2M1 => Decode(code, exponentBits: 2, mantissaBits: 1, bias: 1),
        _ => throw Diagnostics.Errors.Malformed($"{type} is not a small float"),
    };

    /// <summary>The code of the nearest number of <paramref name="type"/>, the largest finite one beyond its range.</summary>
    public static int Encode(ElementType type, double number) => Enumerable.Range(0, 1 << ElementTypes.Bits(type))
        .Where(code => double.IsFinite(Decode(type, code))).MinBy(code => Math.Abs(Decode(type, code) - number));

    private static double Special(int code) => (code & 3) != 0 ? double.NaN : code > 0x7f ? double.NegativeInfinity : double.PositiveInfinity;

    private static double Decode(int code, int exponentBits, int mantissaBits, int bias)
    {
        int exponent = (code >> mantissaBits) & ((1 << exponentBits) - 1);
        double mantissa = (code & ((1 << mantissaBits) - 1)) / (double)(1 << mantissaBits);
        double magnitude = exponent == 0 ? Math.ScaleB(mantissa, 1 - bias) : Math.ScaleB(1 + mantissa, exponent - bias);
        return (code >> (exponentBits + mantissaBits)) != 0 ? -magnitude : magnitude;
    }
}
