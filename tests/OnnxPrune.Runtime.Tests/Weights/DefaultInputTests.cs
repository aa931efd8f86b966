using OnnxPrune.Planning;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Weights;

/// <summary>Since IR version 4 an initializer that is a graph input is a default value: the input stays, with the shape that is left.</summary>
public class DefaultInputTests
{
    [Theory]
    [InlineData("p = Conv (x, w)  q = Relu (p)  y = Conv (q, v)", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5", "", "w[0] (8)", "w 4,3,1,1; v 2,4,1,1")]
    [InlineData("p = Conv (x, w)  q = Mul (p, s)  y = Conv (q, v)", "float[8,1,1] s = uniform 0.5 1.5", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5", "w[0] (8)", "s 4,1,1")]
    [InlineData("p = Conv (x, w)  q = Mul (p, s)  y = Conv (q, v)", "float s = {0.5}", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5", "w[0] (8)", "s ")]
    [InlineData(
        "p = Conv (x, w, b)  q = Relu (p)  r = Conv (q, u, b)  t = Relu (r)  y = Conv (t, v)",
        "float[8] b = normal 0.5",
        "float[8,3,1,1] w = normal 0.5, float[8,8,1,1] u = normal 0.5, float[2,8,1,1] v = normal 0.5",
        "w[0] (8)",
        "b 4")]
    [InlineData(
        "p = Conv (x, w)  q = Reshape (p, s)  r = Relu (q)  y = Conv (r, v)", "int64[4] s = {0, 0, 0, -1}", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5", "w[0] (8)", "s 4")]
    [InlineData(
        "f = DequantizeLinear (w, s)  p = Conv (x, f)  q = Relu (p)  y = Conv (q, v)", "int8[8,3,1,1] w = normal 50", "float s = {0.01}, float[2,8,1,1] v = normal 0.5", "w[0] (8)", "w 4,3,1,1")]
    public void An_input_with_a_default_stays_an_input(string nodes, string inputs, string weights, string groups, string left)
    {
        var result = PrunedText.Verified(Model(nodes, inputs, weights), groups);
        var graph = result.Pruned.Proto.Graph;
        Assert.Equal(left, string.Join("; ", graph.Input.Skip(1).Select(i => $"{i.Name} {string.Join(',', i.Type.TensorType.Shape.Dim.Select(d => d.DimValue))}")));
        Assert.All(graph.Input.Skip(1), i => Assert.Equal(i.Type.TensorType.Shape.Dim.Select(d => d.DimValue), graph.Initializer.Single(t => t.Name == i.Name).Dims));
    }

    [Fact]
    public void A_caller_passes_the_new_size()
    {
        var result = PrunedText.Of(new OnnxModel(OnnxText.Parse(Model(
            "p = Conv (x, w)  q = Mul (p, s)  y = Conv (q, v)", "float[8,1,1] s = uniform 0.5 1.5", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5"))));
        using var session = ModelSession.Load(result.Pruned, ExecutionProvider.Cpu);
        Assert.Equal(["x"], session.Inputs);
        var input = InputGenerator.Create(result.Analysis, 0, 1);
        var zeros = new Dictionary<string, HostTensor>(input) { ["s"] = HostTensor.Of(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [4, 1, 1], new double[4]) };
        Assert.Contains(session.Run(input)[0].ToDoubles(), v => v != 0);
        Assert.All(session.Run(zeros)[0].ToDoubles(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_note_names_the_new_sizes()
    {
        var cut = PrunedText.Of(new OnnxModel(OnnxText.Parse(Model(
            "p = Conv (x, w)  q = Relu (p)  y = Conv (q, v)", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5", "")))).Cut;
        Assert.Equal(
            ["inputs with a default value are smaller; a caller that passes them must pass 'w' [4,3,1,1] instead of [8,3,1,1], 'v' [2,4,1,1] instead of [2,8,1,1]"],
            DefaultInputs.Notes(cut));
        Assert.Empty(DefaultInputs.Notes(Cut.Nothing(cut.Analysis)));
    }

    // Exports of all weights as inputs (PyTorch before 1.3, or with keep_initializers_as_inputs) have their sizes there, too.
    [Theory]
    [InlineData("p = Conv (x, w)  q = Reshape (p, s)  r = Relu (q)  y = Conv (r, v)", "int64[4] s = {-1, 8, 5, 5}", "'s'")]
    [InlineData("p = Conv (x, w)  q = Reshape (p, s)  r = Transpose <perm = [0, 2, 1, 3, 4]> (q)  t = Reshape (r, s2)  y = Conv (t, v)", "int64[5] s = {-1, 2, 4, 5, 5}, int64[4] s2 = {-1, 8, 5, 5}", "'s', 's2'")]
    [InlineData("p = Conv (x, w)  e = Expand (k, s)  q = Add (p, e)  r = Relu (q)  y = Conv (r, v)", "int64[4] s = {1, 8, 5, 5}, float k = {0.5}", "'s'")]
    [InlineData("p = Conv (x, w)  q, o = Split <axis = 1> (p, s)  r = Relu (q)  t = Concat <axis = 1> (r, o)  y = Conv (t, v)", "int64[2] s = {4, 4}", "'s'")]
    [InlineData("p = Conv (x, w)  q = Resize <mode = \"nearest\"> (p, , f)  r = Relu (q)  y = Conv (r, v)", "float[4] f = {1, 1, 2, 2}", "")]
    [InlineData("p = Conv (x, w)  q = Unsqueeze (p, s)  r = Squeeze (q, s)  y = Conv (r, v)", "int64[1] s = {2}", "")]
    [InlineData("p = Conv (x, w)  q = Pad (p, s)  r = Relu (q)  y = Conv (r, v)", "int64[8] s = {0, 0, 1, 1, 0, 0, 1, 1}", "")]
    public void Sizes_that_a_caller_may_pass_are_those_of_the_default(string nodes, string inputs, string unread)
    {
        var result = PrunedText.Of(new OnnxModel(OnnxText.Parse(Model(nodes, inputs, "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5"))));
        Assert.Equal(Verdict.Verified, result.Report.Verdict);
        Assert.NotEqual("8,3,1,1", result.Dims("w"));
        Assert.Empty(result.Analysis.Warnings);
        string note = unread.Length == 0 ? "" : $"the pruned model has other sizes than inputs with a default value give, and ignores what a caller passes: {unread}";
        Assert.Equal(note, string.Join(' ', DefaultInputs.Unread(result.Cut, result.Pruned)));
        var written = result.Pruned.Proto.Graph;
        Assert.Subset(written.Initializer.Select(t => t.Name).ToHashSet(), written.Input.Skip(1).Select(i => i.Name).ToHashSet());
    }

    [Fact]
    public void A_default_that_no_node_reads_stays()
    {
        var result = PrunedText.Of(new OnnxModel(OnnxText.Parse(Model(
            "p = Conv (x, w)  q = Relu (p)  y = Conv (q, v)", "float[5] unread = normal 0.5", "float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5"))));
        Assert.Equal(["x", "unread"], result.Pruned.Proto.Graph.Input.Select(i => i.Name));
        Assert.Equal("5", result.Dims("unread"));
        Assert.Empty(result.Analysis.Warnings);
    }

    private static ModelAnalysis ModelText(string nodes, string inputs, string weights) =>
        ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Model(nodes, inputs, weights))));

    private static string Model(string nodes, string inputs, string weights) => $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,5,5] x, {{inputs}}) => (float[N,2,5,5] y)
        <{{(weights.Length > 0 ? weights : "float zero = {0}")}}>
        { {{nodes}} }
        """;
}
