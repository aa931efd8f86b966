using Onnx;

namespace OnnxPrune.Testing;

public class OnnxTextTensorTests
{
    [Fact]
    public void Values_lie_in_the_field_of_their_type()
    {
        Assert.Equal([1f, -2.5f, float.PositiveInfinity], Initializer("float[3] w = {1, -2.5, inf}").FloatData);
        Assert.Equal([0.1], Initializer("double w = {0.1}").DoubleData);
        Assert.Equal([1L, -2L], Initializer("int64[2] w = {1, -2}").Int64Data);
        Assert.Equal([ulong.MaxValue], Initializer("uint64[1] w = {18446744073709551615}").Uint64Data);
        Assert.Equal([-128], Initializer("int8[1] w = {-128}").Int32Data);
        Assert.Equal([1, 0], Initializer("bool[2] w = {1, 0}").Int32Data);
        Assert.Equal(["a", ""], Initializer("string[2] w = {\"a\", \"\"}").StringData.Select(value => value.ToStringUtf8()));
        Assert.Equal([0x2F, 0x07], Initializer("int4[3] w = {-1, 2, 7}").Int32Data);
        Assert.Equal([1f, 2f], Initializer("complex64[1] w = {1, 2}").FloatData);
    }

    [Fact]
    public void Sixteen_bit_floats_are_bit_patterns_or_rounded_decimals()
    {
        Assert.Equal([0x3C00, 0x3C00], Initializer("float16[2] w = {15360, 1.0}").Int32Data);
        Assert.Equal([0x3F80, 0x3F80, 0x3F82], Initializer("bfloat16[3] w = {16256, 1.00390625, 1.01171875}").Int32Data);
    }

    [Fact]
    public void Type_and_dimensions_come_from_the_declaration()
    {
        TensorProto scalar = Initializer("int32 w = {7}");
        TensorProto matrix = Initializer("int32[2, 1] w = {7, 8}");
        TensorProto empty = Initializer("int32[0] w = {}");

        Assert.Equal((int)ElementType.Int32, scalar.DataType);
        Assert.Empty(scalar.Dims);
        Assert.Equal([2L, 1L], matrix.Dims);
        Assert.Equal([0L], empty.Dims);
    }

    [Fact]
    public void Data_may_lie_in_an_external_file()
    {
        TensorProto tensor = Initializer("""float[2] w = ["location" : "weights.bin", "offset" : "8"]""");

        Assert.Equal(TensorProto.Types.DataLocation.External, tensor.DataLocation);
        Assert.Equal([("location", "weights.bin"), ("offset", "8")], tensor.ExternalData.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public void An_input_with_a_value_is_an_input_and_an_initializer()
    {
        GraphProto graph = OnnxText.ParseGraph("g (float[1] x, float[1] w = {2}) => () {}");

        Assert.Equal(["x", "w"], graph.Input.Select(input => input.Name));
        Assert.Equal("w", graph.Initializer.Single().Name);
    }

    [Theory]
    [InlineData("normal 0.1", "normal 0.1 0")]
    [InlineData("normal 0.1 -2", "normal 0.1 -2")]
    [InlineData("uniform 0.5 1.5", "uniform 0.5 1.5")]
    public void A_distribution_fills_the_initializer(string written, string kept)
    {
        TensorProto tensor = Initializer($"float[8, 3] \"conv1.weight\" = {written}");

        Assert.Equal(kept, tensor.DocString);
        Assert.Equal(8 * 3 * sizeof(float), tensor.RawData.Length);
    }

    [Fact]
    public void Integers_and_narrow_floats_are_filled_by_rounding()
    {
        double[] floats = Model.Tensors.Doubles(Initializer("float[64] w = normal 100"));

        Assert.Equal(floats.Select(v => Math.Clamp(Math.Round(v), -128, 127)), Model.Tensors.Doubles(Initializer("int8[64] w = normal 100")));
        Assert.Equal(floats.Select(v => (double)(Half)v), Model.Tensors.Doubles(Initializer("float16[64] w = normal 100")));
    }

    private static TensorProto Initializer(string text) =>
        OnnxText.ParseGraph($"g () => () <{text}> {{}}").Initializer.Single();
}
