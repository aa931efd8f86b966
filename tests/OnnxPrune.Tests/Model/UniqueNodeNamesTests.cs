using Google.Protobuf;
using Onnx;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

/// <summary>Nodes that share a name, which ONNX Runtime rejects.</summary>
public class UniqueNodeNamesTests
{
    [Theory]
    [InlineData("a a a", "a a_2 a_3", "a")]
    [InlineData("a a a_2", "a a_3 a_2", "a")]
    [InlineData("- - -", "- - -", "")]
    [InlineData("a b c", "a b c", "")]
    [InlineData("same_name b same_name", "same_name b same_name_2", "same_name")]
    [InlineData("a b a b", "a b a_2 b_2", "a b")]
    public void All_nodes_but_the_first_are_renamed(string names, string expected, string shared)
    {
        var model = OnnxModel.Parse(Chain(names.Split(' ')).ToByteArray());
        Assert.Equal(expected.Split(' '), model.Proto.Graph.Node.Select(n => n.Name.Length == 0 ? "-" : n.Name));
        Assert.Equal(shared.Split(' ', StringSplitOptions.RemoveEmptyEntries), model.SharedNodeNames);
        Assert.Equal(model.SharedNodeNames.Count, ModelAnalysis.Run(model).Warnings.Count(w => w.Code == ErrorCodes.SharedNodeName));
    }

    [Fact]
    public void Bodies_have_names_of_their_own()
    {
        var model = Chain(["a"]);
        var body = Chain(["a", "b", "b"]).Graph;
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = body });
        Assert.Equal(["b"], UniqueNodeNames.Apply(model.Graph));
        Assert.Equal(["a", "b", "b_2"], body.Node.Select(n => n.Name));
    }

    private static ModelProto Chain(string[] names)
    {
        var model = OnnxText.Parse("<ir_version: 8, opset_import: [\"\": 17]> g (float[4] x) => (float[4] y) { y = Relu (x) }");
        model.Graph.Node.Clear();
        for (int i = 0; i < names.Length; i++)
        {
            string input = i == 0 ? "x" : $"v{i}", output = i == names.Length - 1 ? "y" : $"v{i + 1}";
            model.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = names[i] == "-" ? "" : names[i], Input = { input }, Output = { output } });
        }
        return model;
    }
}
