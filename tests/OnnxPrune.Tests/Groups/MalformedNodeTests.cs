using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>A node that does not fit its operands is left alone, with a warning; the rest of the model is pruned.</summary>
public class MalformedNodeTests
{
    public static TheoryData<string> Nodes =>
    [
        "bad = MatMul(z, five)",
        "bad = Gemm(z, five)",
        "bad = Concat<axis = 2>(z, z)",
        "bad = Concat<axis = 1>(z, five)",
        "bad, other = Split<axis = 2, num_outputs = 2>(z)",
        "bad, other = Split<axis = 1>(z, twelve)",
        "bad, other = Split<axis = 1>(z, short)",
        "bad = Split<axis = 1>(z, even)",
        "bad = Slice(z, one, even, axis9)",
        "bad = Slice(z, one, even, unknown)",
        "bad = Pad(z, unknown)",
        "bad = Tile(z, unknown)",
        "bad = Tile(z, one)",
        "bad = Expand(z, unknown)",
        "bad = Expand(z, even)",
        "bad = Reshape(z, unknown)",
        "bad = Reshape(z, short)",
        "bad = Softmax<axis = 2>(z)",
        "bad = Gather<axis = 2>(z, one)",
        "bad = Transpose<perm = [0, 0]>(z)",
        "bad = Transpose<perm = [0]>(z)",
        "bad = Squeeze(z, axis9)",
        "bad = Squeeze(z, one)",
        "bad = Unsqueeze(z, unknown)",
        "bad = ReduceSum(z, axis9)",
        "bad = ReduceSum(z, unknown)",
        "bad = Flatten<axis = 3>(z)",
        "bad = Conv(z, five)",
        "bad = DepthToSpace<blocksize = 3>(z)",
        "bad = BatchNormalization(z, five, five, five, five)",
        "bad = InstanceNormalization(z)",
        "bad = LayerNormalization<axis = 5>(z, five)",
        "bad = LSTM(z, five, five)",
        "bad = Add(z)",
        "bad = Relu()",
        "bad = Where(z, z)",
        "bad = MaxPool(z)",
    ];

    public static TheoryData<string> Operands => ["", "s", "v", "z", "s, s", "v, v, v", "z, ints", "z, , , s", "q, s, s, s, s, s, s, s"];

    [Theory]
    [MemberData(nameof(Operands))]
    public void No_operator_stumbles_over_operands_that_it_does_not_expect(string operands)
    {
        var model = OnnxText.Parse($$"""
            g (float s, float[5] v, float[N,8] z, float[2,4,6,6] q) => (float[N,8] bad)
            <int64[3] ints = {7, -9, 3}>
            { bad = Relu({{operands}}) }
            """);
        AssertNone(Stumbles(model));
    }

    public static TheoryData<string> Attributes =>
    [
        "axis = 9", "axis = -9", "axes = [9, 1]", "perm = [0, 0]", "perm = [7, 1]", "perm = [0]", "kernel_shape = [0, 0]",
        "kernel_shape = [3]", "strides = [0, 0]", "strides = [1]", "dilations = [0, -1]", "pads = [1]", "pads = [-9, -9, -9, -9]", "group = 0", "group = -1",
        "group = 7", "blocksize = 0", "split = [0, 0]", "split = [3, -1, 6]", "num_outputs = 0", "num_heads = 0", "num_heads = 5", "kv_num_heads = 0",
        "hidden_size = 0", "equation = \"ij,jk\"", "equation = \"ab->c\"", "equation = \"...i,i->...\"", "mode = \"nonsense\"",
        "output_padding = [1]", "output_shape = [1]", "block_size = 0, axis = 0", "K = 0, N = 0, bits = 0, block_size = 0", "K = 6, N = 4, bits = 4, block_size = 0",
        "num_groups = 0", "num_groups = 5", "batch_dims = 9", "epsilon = 0, axis = 7", "rotary_embedding_dim = 99", "direction = \"sideways\"", "shape = [0, -1, -1]",
        "starts = [9], ends = [1]", "starts = [1, 2], ends = [1]", "starts = [1, 2], ends = [1], axes = [5]", "axis = 1, num_outputs = 99", "qkv_hidden_sizes = [1]", "repeats = [1]", "to = 99",
    ];

    // One for a family of operators each: images, matrices, convolutions, recurrent layers, indices, lists of sizes.
    private static readonly string[] Lists = ["q", "z, w", "q, k, v", "v3, w, w, v, s, h0, h0", "q, ints", "z, ints, ints, ints, ints"];

    // For every operator, the lists that fit it without attributes; all of them where none does.
    private static readonly Lazy<bool[][]> Fitting = new(() =>
    {
        var alone = Lists.Select(operands => Node("", operands)).ToList();
        return [.. OperatorSet.Default.Entries.Select(entry =>
        {
            bool[] fit = [.. alone.Select(model => !Analysed(model, entry).Warnings.Any())];
            return fit.Contains(true) ? fit : [.. fit.Select(_ => true)];
        })];
    });

    // Every operator on the operands that fit it, and on one other list in turn.
    [Theory]
    [MemberData(nameof(Attributes))]
    public void No_operator_stumbles_over_attributes_that_it_does_not_expect(string attributes) =>
        AssertNone(StumblesWith(attributes, (entry, list) => Fitting.Value[entry][list] || (entry + attributes.Length) % Lists.Length == list));

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Attributes))]
    public void No_operator_stumbles_over_attributes_with_any_operands(string attributes) => AssertNone(StumblesWith(attributes, (_, _) => true));

    private static List<string> StumblesWith(string attributes, Func<int, int, bool> tries) =>
        [.. Lists.Index().SelectMany(list =>
            Stumbles(Node(attributes, list.Item), entry => tries(entry, list.Index)).Select(s => $"{list.Item}: {s}"))];

    // Nothing but the node: that the rest of a model is pruned is what the other tests are about.
    private static ModelProto Node(string attributes, string operands) => OnnxText.Parse($$"""
        g (float s, float[6] v, float[N,6] z, float[2,4,6,6] q, float[2,N,6] v3, float[1,2,6] h0) => (float[N,8] bad)
        <float[6,6] w = normal 1, float[4,4,3,3] k = normal 1, int64[3] ints = {7, -9, 3}>
        { {{(operands.Length % 2 == 0 ? "bad, more" : "bad")}} = Relu{{(attributes.Length > 0 ? $"<{attributes}>" : "")}}({{operands}}) }
        """);

    private static void AssertNone(List<string> stumbled) => Assert.True(stumbled.Count == 0, string.Join('\n', stumbled));

    private static List<string> Stumbles(ModelProto model, Func<int, bool>? tries = null)
    {
        var stumbled = new List<string>();
        foreach (var (number, entry) in OperatorSet.Default.Entries.Index())
        {
            if (tries?.Invoke(number) == false) continue;
            var error = Record.Exception(() => Analysed(model, entry));
            if (error is not null) stumbled.Add($"{entry.OpType}: {error.Message} {error.InnerException?.StackTrace?.Split('\n')[0]}");
        }
        return stumbled;
    }

    // The model with another operator as its last node.
    private static ModelAnalysis Analysed(ModelProto model, OperatorEntry entry)
    {
        model.OpsetImport.Clear();
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        if (entry.Domain.Length > 0) model.OpsetImport.Add(new OperatorSetIdProto { Domain = entry.Domain, Version = 1 });
        (model.Graph.Node[^1].OpType, model.Graph.Node[^1].Domain) = (entry.OpType, entry.Domain);
        return ModelAnalysis.Run(new OnnxModel(model));
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void It_is_left_alone(string node)
    {
        var analysis = Analysis.Of($$"""
            g (float[N,3] x, float[N,8] z, int64[2] unknown) => (float[N,4] y, float[N,8] bad)
            <float[3,6] w = normal 1, float[6,4] v = normal 1, float[5,9] five = normal 1,
             int64[2] twelve = {12, 12}, int64[2] short = {1, 2}, int64[2] even = {4, 4}, int64[1] one = {1}, int64[1] axis9 = {9}>
            { h = MatMul(x, w) r = Relu(h) y = MatMul(r, v) {{node}} }
            """);
        var group = Assert.Single(analysis.Groups);
        Assert.Equal("w[1] (6)", group.ToString());
        bool[] kept = [true, false, true, true, false, true];
        var pruned = Rewriter.Prune(Cut.Of(analysis, [KeyValuePair.Create(group, kept)]));
        Assert.Equal([3, 4], pruned.Proto.Graph.Initializer.Single(t => t.Name == "w").Dims);
        Assert.Equal(analysis.Graph.Nodes[^1].Proto, pruned.Proto.Graph.Node[^1]);
    }
}
