using static Onnx.TensorProto.Types;

namespace OnnxPrune.Model;

/// <summary>Elements of at most eight bits.</summary>
public class NarrowElementTests
{
    [Theory]
    [InlineData(ElementType.Float8E4M3Fn, 0x38, 1)]
    [InlineData(ElementType.Float8E4M3Fn, 0x7e, 448)]
    [InlineData(ElementType.Float8E4M3Fn, 0x81, -0.001953125)]
    [InlineData(ElementType.Float8E4M3Fn, 0x7f, double.NaN)]
    [InlineData(ElementType.Float8E4M3Fnuz, 0x40, 1)]
    [InlineData(ElementType.Float8E4M3Fnuz, 0x7f, 240)]
    [InlineData(ElementType.Float8E4M3Fnuz, 0x80, double.NaN)]
    [InlineData(ElementType.Float8E5M2, 0x3c, 1)]
    [InlineData(ElementType.Float8E5M2, 0x7b, 57344)]
    [InlineData(ElementType.Float8E5M2, 0xfc, double.NegativeInfinity)]
    [InlineData(ElementType.Float8E5M2Fnuz, 0x40, 1)]
    [InlineData(ElementType.Float8E8M0, 0x7f, 1)]
    [InlineData(ElementType.Float8E8M0, 0x80, 2)]
    [InlineData(ElementType.Float4E2M1, 0x1, 0.5)]
    [InlineData(ElementType.Float4E2M1, 0x7, 6)]
    [InlineData(ElementType.Float4E2M1, 0xb, -1.5)]
    public void Small_floats_are_what_the_specification_says(ElementType type, int code, double number) =>
        Assert.Equal(number, SmallFloat.Decode(type, code));

    [Theory]
    [InlineData(ElementType.Float8E4M3Fn)]
    [InlineData(ElementType.Float8E4M3Fnuz)]
    [InlineData(ElementType.Float8E5M2)]
    [InlineData(ElementType.Float8E5M2Fnuz)]
    [InlineData(ElementType.Float4E2M1)]
    [InlineData(ElementType.Int4)]
    [InlineData(ElementType.Uint4)]
    [InlineData(ElementType.Int2)]
    [InlineData(ElementType.Uint2)]
    [InlineData(ElementType.Int8)]
    public void A_tensor_reads_what_was_written(ElementType type)
    {
        double[] codes = [1, 0, 1, 1, 0];

        Assert.Equal(codes, Tensors.Doubles(Tensors.Make("w", type, [5], codes)));
    }

    [Fact]
    public void Negative_numbers_of_four_bits_keep_their_sign() =>
        Assert.Equal([-8, 7, -1], Tensors.Doubles(Tensors.Make("w", ElementType.Int4, [3], [-8, 7, -1])));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Packing_is_the_inverse_of_unpacking(int bits)
    {
        byte[] elements = [1, 2, 3, 0, 3, 1, 2];

        Assert.Equal(elements, PackedElements.Unpack(PackedElements.Pack(elements, bits), bits, elements.Length));
    }
}
