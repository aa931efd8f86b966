using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;

namespace OnnxPrune.Testing;

public class OnnxTextAttributeTests
{
    [Theory]
    [InlineData("1", nameof(AttributeType.Int))]
    [InlineData("-9223372036854775808", nameof(AttributeType.Int))]
    [InlineData("1.0", nameof(AttributeType.Float))]
    [InlineData("1e-5", nameof(AttributeType.Float))]
    [InlineData("-inf", nameof(AttributeType.Float))]
    [InlineData("NaN", nameof(AttributeType.Float))]
    [InlineData("\"NOTSET\"", nameof(AttributeType.String))]
    [InlineData("float[2]", nameof(AttributeType.TypeProto))]
    [InlineData("float[2] {1, 2}", nameof(AttributeType.Tensor))]
    [InlineData("float[2] named = {1, 2}", nameof(AttributeType.Tensor))]
    [InlineData("g () => (float[2] y) {}", nameof(AttributeType.Graph))]
    [InlineData("[1, 2]", nameof(AttributeType.Ints))]
    [InlineData("[1.5, 2]", nameof(AttributeType.Floats))]
    [InlineData("[\"a\", \"b\"]", nameof(AttributeType.Strings))]
    [InlineData("[float {1}, int64 {2}]", nameof(AttributeType.Tensors))]
    [InlineData("[g () => () {}, h () => () {}]", nameof(AttributeType.Graphs))]
    public void The_type_follows_from_the_value(string value, string type) => Assert.Equal(type, Attribute($"a = {value}").Type.ToString());

    [Theory]
    [InlineData("a : float = 2", nameof(AttributeType.Float))]
    [InlineData("a : floats = [2]", nameof(AttributeType.Floats))]
    [InlineData("a : ints = []", nameof(AttributeType.Ints))]
    [InlineData("a : strings = []", nameof(AttributeType.Strings))]
    public void A_given_type_decides(string attribute, string type) => Assert.Equal(type, Attribute(attribute).Type.ToString());

    [Fact]
    public void Numbers_and_strings_keep_their_values()
    {
        Assert.Equal(long.MaxValue, Attribute("a = 9223372036854775807").I);
        Assert.Equal(1e-5f, Attribute("a = 1e-5").F);
        Assert.Equal(float.NegativeInfinity, Attribute("a = -inf").F);
        Assert.Equal("a \"b\" \\", Attribute("""a = "a \"b\" \\" """).S.ToStringUtf8());
        Assert.Equal([1L, -2L], Attribute("a = [1, -2]").Ints);
        Assert.Equal([1.5f, 2f], Attribute("a = [1.5, 2]").Floats);
    }

    [Fact]
    public void A_tensor_keeps_its_name_type_and_values()
    {
        TensorProto tensor = Attribute("value = float[2] {1, 2.5}").T;
        TensorProto named = Attribute("value = int64[1] axes = {-1}").T;

        Assert.Equal(([2L], [1f, 2.5f]), (tensor.Dims, tensor.FloatData));
        Assert.Equal(("axes", -1L), (named.Name, named.Int64Data.Single()));
    }

    [Fact]
    public void A_graph_is_a_subgraph_with_its_own_nodes_and_initializers()
    {
        GraphProto graph = OnnxText.ParseGraph("""
            g (bool c) => (float[2] y)
            {
                y = If (c) <
                    then_branch = then () => (float[2] a) <float[2] one = {1, 1}> { a = Identity(one) },
                    else_branch = else () => (float[2] b) { b = Constant <value = float[2] {0, 0}> () }
                >
            }
            """);

        NodeProto node = graph.Node.Single();
        Assert.Equal(["then_branch", "else_branch"], node.Attribute.Select(attribute => attribute.Name));
        Assert.Equal("one", node.Attribute[0].G.Initializer.Single().Name);
        Assert.Equal("Constant", node.Attribute[1].G.Node.Single().OpType);
    }

    private static AttributeProto Attribute(string text) =>
        OnnxText.ParseGraph($"g () => () {{ y = Operator <{text}> (x) }}").Node.Single().Attribute.Single();
}
