using System.Globalization;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Mutation;
using OnnxPrune.Testing;
using static Onnx.AttributeProto.Types;

namespace OnnxPrune.Model;

/// <summary>What a model lacks, or says in two ways, is refused with a code before any pass looks at it.</summary>
public class MalformedModelTests
{
    private static readonly Dictionary<string, Action<ModelProto>> Missing = new()
    {
        ["a sparse initializer without values"] = m => m.Graph.SparseInitializer.Add(new SparseTensorProto()),
        ["the same in a branch"] = m => Branch(m).SparseInitializer.Add(new SparseTensorProto { Dims = { 2 } }),
        ["a sparse constant without values"] = m =>
            Node(m, "one").Attribute[0] = new() { Name = "sparse_value", Type = AttributeType.SparseTensor, SparseTensor = new() },
        ["a constant without its tensor"] = m => Node(m, "one").Attribute[0] = WithTensor(null),
        ["the same in a branch, too"] = m => Branch(m).Node.Add(new NodeProto { OpType = "Constant", Attribute = { WithTensor(null) } }),
        ["a branch without its graph"] = m => Node(m, "k").Attribute[0].G = null,
        ["a type without its message"] = m => Node(m, "h").Attribute.Add(new AttributeProto { Name = "t", Type = AttributeType.TypeProto }),
    };

    private static readonly Dictionary<string, Action<ModelProto>> Contradicting = new()
    {
        ["an attribute twice"] = m => Node(m, "h0").Attribute.Add([Int("alpha"), Int("alpha")]),
        ["the same in a branch"] = m => Branch(m).Node[0].Attribute.Add([Int("axis"), Int("axis")]),
        ["a number that is a list"] = m => Node(m, "one").Attribute[0].Ints.Add(3),
        ["a list that is a number"] = m => Node(m, "six").Attribute[0].I = 3,
        ["a number with a graph"] = m => Node(m, "one").Attribute[0].G = new GraphProto(),
        ["a text that is a number"] = m => Node(m, "one").Attribute[0].Type = AttributeType.String,
        ["a tensor that is a graph"] = m => Node(m, "k").Attribute[0].Type = AttributeType.Tensor,
        ["two nodes that compute one value"] = m => Node(m, "r").Output[0] = "h",
        ["the same in a branch, with values"] = m => Branch(m).Node.Add(Branch(m).Node[0].Clone()),
        ["a branch that reads what nobody computes"] = m => Branch(m).Node[0].Input[0] = "nobody",
        ["a branch that returns what nobody computes"] = m => Branch(m).Output[0].Name = "nobody",
    };

    private static readonly Dictionary<string, Action<ModelProto>> Sizes = new()
    {
        ["a negative dimension"] = m => Weight(m).Dims[0] = -6,
        ["two negative dimensions"] = m => (Weight(m).Dims[0], Weight(m).Dims[1]) = (-6, -8),
        ["a product beyond all numbers"] = m => Weight(m).Dims.Add([1L << 30, 1L << 30, 1L << 30]),
        ["a product that wraps to 0"] = m => Empty(Weight(m)).Dims.Add([1L << 31, 1L << 31, 4]),
        ["an endless axis beside an empty one"] = m => Empty(Weight(m)).Dims.Add([0, long.MaxValue]),
        ["an axis longer than an array"] = m => Empty(Weight(m)).Dims.Add([0, 1L << 40]),
        ["an endless tensor in an attribute"] = m => Node(m, "one").Attribute[0] = WithTensor(Tensor(long.MaxValue, 2)),
        ["an attribute's tensor without its data"] = m => Node(m, "one").Attribute[0] = WithTensor(Tensor(7)),
        ["an endless sparse tensor"] = m => m.Graph.SparseInitializer.Add(Sparse(1L << 40, 1L << 40)),
        ["a negative sparse tensor"] = m => m.Graph.SparseInitializer.Add(Sparse(-1, 8)),
        ["a sparse tensor that wraps to 0"] = m => m.Graph.SparseInitializer.Add(Sparse(1L << 30, 1L << 30, 1L << 4)),
        ["an element outside a sparse tensor"] = m => m.Graph.SparseInitializer.Add(Sparse(2, 2)),
    };

    private static readonly Dictionary<string, Action<ModelProto>> Functions = new()
    {
        ["each calls the next one twice"] = m => Chain(m, 40, 2),
        ["each calls the next one ten times"] = m => Chain(m, 7, 10),
        ["one calls a thousand, a thousand times"] = m => Chain(m, 3, 1000),
        ["each calls the next one, twenty thousand deep"] = m => Chain(m, 20_000, 1),
        ["one calls itself"] = m => Function(m, "Activate").Node[0].MergeFrom(Call("Activate")),
        ["two call each other"] = m => Function(m, "Activate").Node[0].MergeFrom(Call("Block")),
        ["a thousand nodes in a branch, a thousand times"] = m =>
        {
            Chain(m, 2, 1000);
            Function(m, "F1").Node[0].Attribute.Add(Branch(1000));
        },
        ["a call with more outputs than the function"] = m => m.Graph.Node[0].Output.Insert(0, "more"),
        ["a call with more inputs than the function"] = m => m.Graph.Node[0].Input.Add("x"),
        ["a body that reads what nobody computes"] = m => Function(m, "Activate").Node[1].Input[0] = "h",
        ["a body that computes a value twice"] = m => Function(m, "Activate").Node[1].Output[0] = "i",
        ["a body that does not compute its output"] = m => Function(m, "Block").Output[0] = "nobody",
    };

    private static readonly Dictionary<string, (string Key, string Value)> Places = new()
    {
        ["a null character"] = ("location", "m.onnx\0.data"),
        ["nothing but a null character"] = ("location", "\0"),
        ["a null character in a folder"] = ("location", "a\0b/m.onnx.data"),
        ["the folder itself"] = ("location", "."),
        ["a name longer than names can be"] = ("location", new string('n', 5000)),
        ["another folder"] = ("location", "a/../../m.onnx.data"),
        ["no number as offset"] = ("offset", "0x"),
        ["an offset beyond numbers"] = ("offset", "99999999999999999999"),
        ["the largest offset"] = ("offset", long.MaxValue.ToString(CultureInfo.InvariantCulture)),
        ["the smallest length"] = ("length", long.MinValue.ToString(CultureInfo.InvariantCulture)),
    };

    public static TheoryData<string> MissingParts => [.. Missing.Keys];

    public static TheoryData<string> Contradictions => [.. Contradicting.Keys];

    public static TheoryData<string> ImpossibleSizes => [.. Sizes.Keys];

    public static TheoryData<string> EndlessFunctions => [.. Functions.Keys];

    public static TheoryData<string> WrongPlaces => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(MissingParts))]
    public void A_missing_part_is_refused(string name) => AssertMalformed(SeedTexts.Branches, Missing[name]);

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_contradiction_is_refused(string name) => AssertMalformed(SeedTexts.Branches, Contradicting[name]);

    [Theory]
    [MemberData(nameof(ImpossibleSizes))]
    public void An_impossible_size_is_refused(string name) => AssertMalformed(SeedTexts.Branches, Sizes[name]);

    [Theory]
    [MemberData(nameof(EndlessFunctions))]
    public void Functions_that_cannot_be_inlined_are_refused(string name) => AssertMalformed(SeedTexts.Functions, Functions[name]);

    [Theory]
    [MemberData(nameof(WrongPlaces))]
    public void External_data_in_a_place_that_cannot_be_is_refused(string name)
    {
        var seed = SeedModel.All.Single(s => s.Name == "external");
        var model = seed.Proto.Clone();
        model.Graph.Initializer[0].ExternalData.Single(e => e.Key == Places[name].Key).Value = Places[name].Value;
        using var trial = new Trial();
        Assert.Equal(ErrorCodes.ExternalData, trial.Outcome(new Mutant(0, seed, model.ToByteArray())));
    }

    [Fact]
    public void A_sparse_tensor_too_large_to_be_dense_stays_sparse()
    {
        var model = OnnxText.Parse(SeedTexts.Branches);
        model.Graph.SparseInitializer.Add(Sparse(1 << 20, 1 << 20));
        model.Graph.SparseInitializer[0].Indices = Tensors.Int64s("", 3);
        model.Graph.Output.Add(new ValueInfoProto { Name = model.Graph.SparseInitializer[0].Values.Name });
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        Assert.Single(analysis.Graph.Model.Graph.SparseInitializer);
        Assert.NotEmpty(analysis.Groups);
    }

    private static void AssertMalformed(string text, Action<ModelProto> damage)
    {
        var model = OnnxText.Parse(text);
        damage(model);
        var error = Assert.Throws<OnnxPruneException>(() => ModelAnalysis.Run(new OnnxModel(model)));
        Assert.Equal(ErrorCodes.MalformedGraph, error.Code);
    }

    private static NodeProto Node(ModelProto model, string output) => model.Graph.Node.Single(n => n.Output.Contains(output));

    private static GraphProto Branch(ModelProto model) => Node(model, "k").Attribute[0].G;

    private static TensorProto Weight(ModelProto model) => model.Graph.Initializer.Single(t => t.Name == "w");

    private static FunctionProto Function(ModelProto model, string name) => model.Functions.Single(f => f.Name == name);

    private static AttributeProto Int(string name) => new() { Name = name, Type = AttributeType.Int, I = 1 };

    private static AttributeProto WithTensor(TensorProto? tensor) => new() { Name = "value", Type = AttributeType.Tensor, T = tensor };

    private static AttributeProto Branch(int nodes)
    {
        var graph = new GraphProto();
        for (int i = 0; i < nodes; i++) graph.Node.Add(new NodeProto { OpType = "Constant", Output = { $"n{i}" } });
        return new AttributeProto { Name = "body", Type = AttributeType.Graph, G = graph };
    }

    private static TensorProto Empty(TensorProto tensor)
    {
        tensor.Dims.Clear();
        tensor.RawData = ByteString.Empty;
        return tensor;
    }

    private static TensorProto Tensor(params long[] dims) => new() { DataType = (int)ElementType.Float, Dims = { dims } };

    // One element, the last one of 2 by 4.
    private static SparseTensorProto Sparse(params long[] dims) =>
        new() { Dims = { dims }, Indices = Tensors.Int64s("", 7), Values = Tensors.Make("sparse", ElementType.Float, [1], [1]) };

    private static NodeProto Call(string function) => new() { OpType = function, Domain = "local" };

    // F0 is what the graph calls; each calls the next one some times.
    private static void Chain(ModelProto model, int length, int calls)
    {
        model.Functions.Clear();
        model.Graph.Node[0].OpType = "F0";
        for (int i = 0; i < length; i++)
        {
            var function = new FunctionProto { Name = $"F{i}", Domain = "local", Input = { "a", "w" }, Output = { "v0" } };
            var next = i < length - 1 ? Call($"F{i + 1}") : new NodeProto { OpType = "Relu" };
            next.Input.Add("a");
            for (int call = 0; call < calls; call++) function.Node.Add(new NodeProto(next) { Output = { $"v{call}" } });
            model.Functions.Add(function);
        }
    }
}
