using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Normalization;

public class FunctionInliningTests
{
    private const string Nested = """
        <ir_version: 8, opset_import: ["" : 17, "local" : 1]>
        g (float[N,3,8,8] x, float[6,3,3,3] w1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1) => (float[N,4,4,4] y)
        {
            h = local.Block<slope = 0.1>(x, w1)
            y = Conv(h, w2)
        }
        <domain: "local", opset_import: ["" : 17, "local" : 1]>
        Block <slope> (a, w) => (c)
        {
            b = Conv(a, w)
            c = local.Activate<alpha: float = @slope>(b)
        }
        <domain: "local", opset_import: ["" : 17]>
        Activate <alpha> (p) => (q)
        {
            q = LeakyRelu<alpha: float = @alpha>(p)
        }
        """;

    [Fact]
    public void Nested_functions_become_nodes_with_the_attributes_of_the_call()
    {
        var model = Normalizer.Normalize(OnnxText.Parse(Nested));
        Assert.Equal(["Conv", "LeakyRelu", "Conv"], model.Graph.Node.Select(n => n.OpType));
        Assert.Equal(0.1f, model.Graph.Node[1].Attribute.Single().F);
        Assert.Equal("h", model.Graph.Node[1].Output.Single());
        Assert.Empty(model.Functions);
    }

    [Fact]
    public void Channels_inside_a_function_are_prunable()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Nested)));
        Assert.Equal(["w1[0] (6)"], analysis.Groups.Select(g => g.ToString()));
    }

    [Fact]
    public void A_function_that_is_called_inside_an_uncalled_one_goes_too()
    {
        var model = OnnxText.Parse(Nested);
        model.Graph.Node.Single(n => n.OpType == "Block").OpType = "Elsewhere";
        Assert.Empty(Normalizer.Normalize(model).Functions);
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused()
    {
        var model = OnnxText.Parse(Nested);
        model.Functions.Add(model.Functions[0].Clone());
        Assert.Contains("two functions are called", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        var model = OnnxText.Parse(Nested);
        model.Functions.Single(f => f.Name == "Activate").Node.Add(model.Graph.Node.Single(n => n.OpType == "Block").Clone());
        Assert.Contains("'Block' calls itself", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_that_double_thirty_times_are_refused()
    {
        var model = OnnxText.Parse(Nested);
        var (block, call) = (model.Functions.Single(f => f.Name == "Block"), model.Graph.Node.Single(n => n.OpType == "Block"));
        for (int level = 0; level < 30; level++)
        {
            var function = block.Clone();
            function.Name = $"Level{level}";
            function.Node.Clear();
            for (int i = 0; i < 2; i++)
            {
                var inner = call.Clone();
                inner.OpType = level == 0 ? "Block" : $"Level{level - 1}";
                function.Node.Add(inner);
            }
            model.Functions.Add(function);
        }
        call.OpType = "Level29";
        Assert.Contains("expand to more than", Refusal(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_imported_twice_counts_once()
    {
        var model = OnnxText.Parse(Nested);
        model.OpsetImport.Add(model.OpsetImport[0].Clone());
        Assert.Equal(3, Normalizer.Normalize(model).Graph.Node.Count);
    }

    [Fact]
    public void A_function_for_another_opset_stays_a_call()
    {
        var model = OnnxText.Parse(Nested);
        foreach (var function in model.Functions) function.OpsetImport.Single(o => o.Domain.Length == 0).Version = 13;
        Assert.Contains(Normalizer.Normalize(model).Graph.Node, n => n.OpType == "Block");
    }

    private static string Refusal(Onnx.ModelProto model)
    {
        var error = Assert.Throws<OnnxPruneException>(() => Normalizer.Normalize(model));
        Assert.Equal(ErrorCodes.MalformedGraph, error.Code);
        return error.Message;
    }
}
