using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace OnnxPrune.Testing;

public class SeededFillTests
{
    [Fact]
    public void The_seed_is_the_hash_of_the_name() => Assert.Equal(0x69a29a2cee47d254UL, SplitMix64.Seed("conv1.weight"));

    [Fact]
    public void A_normal_fill_begins_as_specified()
    {
        float[] values = Values(Filled("conv1.weight", "normal 0.02 0", 3, 2));

        Assert.Equal(6, values.Length);
        Assert.Equal(
            [-0.00076297f, -0.02509016f, -0.00037305f, -0.00429088f],
            values.Take(4),
            (expected, actual) => Math.Abs(expected - actual) < 6e-9);
    }

    [Fact]
    public void A_shorter_tensor_of_the_same_name_begins_alike()
    {
        float[] three = Values(Filled("w", "normal 1 0", 3));
        float[] four = Values(Filled("w", "normal 1 0", 4));

        Assert.Equal(four.Take(3), three);
    }

    [Fact]
    public void A_normal_fill_has_its_mean_and_deviation()
    {
        float[] values = Values(Filled("w", "normal 2 5", 20_000));
        double mean = values.Average();

        Assert.InRange(mean, 4.95, 5.05);
        Assert.InRange(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1.95, 2.05);
    }

    [Fact]
    public void A_uniform_fill_stays_within_its_bounds()
    {
        float[] values = Values(Filled("w", "uniform 0.5 1.5", 20_000));

        Assert.All(values, value => Assert.InRange(value, 0.5f, 1.5f));
        Assert.InRange(values.Average(), 0.99, 1.01);
    }

    [Fact]
    public void Different_names_give_different_values() =>
        Assert.NotEqual(Filled("a", "normal 1 0", 4).RawData, Filled("b", "normal 1 0", 4).RawData);

    [Theory]
    [InlineData("")]
    [InlineData("normal")]
    [InlineData("normal 1")]
    [InlineData("normal one 0")]
    [InlineData("triangular 0 1")]
    public void A_tensor_without_a_distribution_stays_empty(string description) =>
        Assert.True(Filled("w", description, 4).RawData.IsEmpty);

    [Fact]
    public void A_tensor_with_data_or_of_another_type_stays_as_it_is()
    {
        TensorProto raw = Described("normal 1 0");
        raw.RawData = ByteString.CopyFrom(1, 2, 3, 4);
        TensorProto typed = Described("normal 1 0");
        typed.FloatData.Add(1);
        TensorProto integer = Described("normal 1 0");
        integer.DataType = (int)ElementType.Int64;
        TensorProto external = Described("normal 1 0");
        external.DataLocation = TensorProto.Types.DataLocation.External;

        foreach (TensorProto tensor in new[] { raw, typed, integer, external })
        {
            TensorProto before = tensor.Clone();
            SeededFill.Fill(tensor);
            Assert.Equal(before, tensor);
        }
    }

    [Fact]
    public void A_model_is_filled_with_its_subgraphs()
    {
        ModelProto model = OnnxText.Parse("""
            g (bool c) => (y) <float[2] a = normal 1>
            { y = If <then_branch = t () => (b) <float[2] b = normal 1> {}, else_branch = e () => (b) <float[2] b = {1, 2}> {}> (c) }
            """);
        TensorProto outer = model.Graph.Initializer[0];
        TensorProto inner = model.Graph.Node[0].Attribute[0].G.Initializer[0];
        (ByteString outerData, ByteString innerData) = (outer.RawData, inner.RawData);
        outer.ClearRawData();
        inner.ClearRawData();

        SeededFill.Fill(model);

        Assert.Equal((outerData, innerData), (outer.RawData, inner.RawData));
    }

    private static TensorProto Filled(string name, string description, params long[] dimensions)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DocString = description,
            DataType = (int)ElementType.Float,
            Dims = { dimensions },
        };
        SeededFill.Fill(tensor);
        return tensor;
    }

    private static TensorProto Described(string description) =>
        new() { Name = "w", DocString = description, DataType = (int)ElementType.Float, Dims = { 1 } };

    private static float[] Values(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
}
