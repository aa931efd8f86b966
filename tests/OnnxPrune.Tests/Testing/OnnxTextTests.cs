using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;

namespace OnnxPrune.Testing;

public class OnnxTextTests
{
    [Fact]
    public void A_whole_model_is_parsed()
    {
        ModelProto model = OnnxText.Parse("""
            <ir_version: 8, opset_import: ["" : 17, "com.example" : 2], producer_name: "test", metadata_props: ["key" : "value"]>
            agraph (float[N, 3, H, W] x, float[8,3,3,3] w) => (float[N, 8, H, W] y)
            <float[2] c = {1.0, 2.0}, float[N, 8, H, W] t>
            {
                t = Conv <group = 1, pads = [1,1,1,1]> (x, w)
                y = Relu(t)
            }
            """);

        Assert.Equal(8, model.IrVersion);
        Assert.Equal([("", 17L), ("com.example", 2L)], model.OpsetImport.Select(import => (import.Domain, import.Version)));
        Assert.Equal("test", model.ProducerName);
        Assert.Equal(("key", "value"), (model.MetadataProps.Single().Key, model.MetadataProps.Single().Value));
        Assert.Equal("agraph", model.Graph.Name);
        Assert.Equal(["x", "w"], model.Graph.Input.Select(input => input.Name));
        Assert.Equal(["y"], model.Graph.Output.Select(output => output.Name));
        Assert.Equal(["c"], model.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal(["t"], model.Graph.ValueInfo.Select(value => value.Name));
        Assert.Equal(["Conv", "Relu"], model.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void A_model_without_a_header_gets_the_defaults()
    {
        ModelProto model = OnnxText.Parse("g (float[1] x) => (float[1] y) { y = Relu(x) }");

        Assert.Equal(10, model.IrVersion);
        Assert.Equal(("", 21L), (model.OpsetImport.Single().Domain, model.OpsetImport.Single().Version));
    }

    [Fact]
    public void A_header_may_leave_out_the_defaults()
    {
        ModelProto model = OnnxText.Parse("<model_version: 3> g () => () {}");

        Assert.Equal((10L, 3L, 21L), (model.IrVersion, model.ModelVersion, model.OpsetImport.Single().Version));
    }

    [Fact]
    public void Dimensions_are_numbers_names_or_unknown()
    {
        TypeProto.Types.Tensor type = OnnxText.ParseGraph("g (float[N, 3, ?, \"a b\"] x) => () {}").Input[0].Type.TensorType;

        Assert.Equal((int)ElementType.Float, type.ElemType);
        Assert.Equal(["N", "", "", "a b"], type.Shape.Dim.Select(dimension => dimension.DimParam));
        Assert.Equal([false, true, false, false], type.Shape.Dim.Select(dimension => dimension.HasDimValue));
        Assert.Equal(3, type.Shape.Dim[1].DimValue);
        Assert.False(type.Shape.Dim[2].HasDimParam);
    }

    [Fact]
    public void A_scalar_has_an_empty_shape_and_empty_brackets_have_none()
    {
        GraphProto graph = OnnxText.ParseGraph("g (int64 s, float16[] u, untyped) => () {}");

        Assert.Empty(graph.Input[0].Type.TensorType.Shape.Dim);
        Assert.Null(graph.Input[1].Type.TensorType.Shape);
        Assert.Null(graph.Input[2].Type);
    }

    [Fact]
    public void Sequences_maps_optionals_and_sparse_tensors_are_types()
    {
        GraphProto graph = OnnxText.ParseGraph(
            "g (seq(float[2]) a, map(string, int64) b, optional(bool) c, sparse_tensor(double[4]) d) => () {}");

        Assert.Equal((int)ElementType.Float, graph.Input[0].Type.SequenceType.ElemType.TensorType.ElemType);
        Assert.Equal((int)ElementType.String, graph.Input[1].Type.MapType.KeyType);
        Assert.Equal((int)ElementType.Bool, graph.Input[2].Type.OptionalType.ElemType.TensorType.ElemType);
        Assert.Equal(4, graph.Input[3].Type.SparseTensorType.Shape.Dim.Single().DimValue);
    }

    [Fact]
    public void An_empty_input_is_a_quoted_or_a_missing_name()
    {
        GraphProto graph = OnnxText.ParseGraph("""
            g () => ()
            {
                a = Slice(x, "", b)
                c = Slice(x, , b)
                d, , e = Split(, x)
                f = Constant()
                g = Relu(x,)
            }
            """);

        Assert.Equal(["x", "", "b"], graph.Node[0].Input);
        Assert.Equal(["x", "", "b"], graph.Node[1].Input);
        Assert.Equal(["", "x"], graph.Node[2].Input);
        Assert.Equal(["d", "", "e"], graph.Node[2].Output);
        Assert.Empty(graph.Node[3].Input);
        Assert.Equal(["x"], graph.Node[4].Input);
    }

    [Fact]
    public void Nodes_have_labels_domains_and_overloads()
    {
        GraphProto graph = OnnxText.ParseGraph("""g () => () { [first] y = com.example.Foo:wide ("conv1.weight") = Print(y) }""");

        Assert.Equal(("first", "Foo", "com.example", "wide"), Description(graph.Node[0]));
        Assert.Equal(["conv1.weight"], graph.Node[0].Input);
        Assert.Equal(("", "Print", "", ""), Description(graph.Node[1]));
        Assert.False(graph.Node[1].HasDomain);
        Assert.Empty(graph.Node[1].Output);

        static (string Name, string Type, string Domain, string Overload) Description(NodeProto node) =>
            (node.Name, node.OpType, node.Domain, node.Overload);
    }

    [Fact]
    public void Comments_end_with_their_line()
    {
        GraphProto graph = OnnxText.ParseGraph("g () => () # {\n{ // y = Relu(x)\n y = Constant <value_string = \"# no // comment\"> () }");

        Assert.Equal("# no // comment", graph.Node.Single().Attribute.Single().S.ToStringUtf8());
    }

    [Fact]
    public void Functions_follow_the_graph()
    {
        ModelProto model = OnnxText.Parse("""
            g (float[2] x) => (float[2] y) { y = local.Scaled <alpha = 2.0> (x) }
            <domain: "local", opset_import: ["" : 21]>
            Scaled <alpha, beta : float = 1> (x, float[2] z) => (y) <float t> { t = Constant <value_float : float = @alpha> () y = Mul(x, t) }
            """);

        FunctionProto function = model.Functions.Single();
        Assert.Equal(("Scaled", "local"), (function.Name, function.Domain));
        Assert.Equal(["alpha"], function.Attribute);
        Assert.Equal(("beta", 1f), (function.AttributeProto.Single().Name, function.AttributeProto.Single().F));
        Assert.Equal(["x", "z"], function.Input);
        Assert.Equal(["z", "t"], function.ValueInfo.Select(value => value.Name));
        AttributeProto reference = function.Node[0].Attribute.Single();
        Assert.Equal(("alpha", AttributeType.Float), (reference.RefAttrName, reference.Type));
    }
}
