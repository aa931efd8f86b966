using Google.Protobuf;
using Onnx;
using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Planning;

/// <summary>The same network has the same hashes however its file lists things, and a plan for one file is a plan for the other.</summary>
public class HashOrderTests
{
    private const string Text = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,3] x, bool c) => (float[N,4] y, float[N,8] z)
        <float[3,8] w = normal 1, float[3,8] u = normal 1, float[8] b = normal 1, float[8] d = normal 1, float[8,4] v = normal 1, float[N,8] h, float[N,8] r>
        {
            p = MatMul (x, w)  h = Add (p, b)  q = Add (h, d)
            r = If (c) <then_branch = t () => (float[N,8] a) <float[8] one = normal 1, float[8] two = normal 1> { e = Mul (q, one)  a = Add (e, two) },
                        else_branch = f () => (float[N,8] o) { o = Neg (q) }>
            z = Neg (r)  k = MatMul (x, u)  s = Relu (k)  y = MatMul (s, v)
        }
        """;

    private static readonly Dictionary<string, Action<ModelProto>> Same = new()
    {
        ["the initializers in reverse"] = m => Reverse(m.Graph.Initializer),
        ["the initializers of a body in reverse"] = m => Reverse(m.Graph.Node.Single(n => n.OpType == "If").Attribute[0].G.Initializer),
        ["the declared shapes in reverse"] = m => Reverse(m.Graph.ValueInfo),
        ["the default location written out"] = m => TensorWalk.All(m).ToList().ForEach(t => t.DataLocation = TensorProto.Types.DataLocation.Default),
        ["one initializer as a constant"] = m =>
        {
            var tensor = m.Graph.Initializer.Single(t => t.Name == "w");
            m.Graph.Initializer.Remove(tensor);
            m.Graph.Node.Insert(0, new NodeProto { OpType = "Constant", Output = { "w" }, Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor } } });
        },
        ["an initializer that nothing reads"] = m => m.Graph.Initializer.Insert(0, Tensors.Make("unread", ElementType.Float, [2], [1, 2])),
    };

    private static readonly Dictionary<string, (Action<ModelProto> Change, string Code)> Different = new()
    {
        ["names exchanged"] = (m => Exchange(m.Graph.Initializer), ErrorCodes.PlanWeightsMismatch),
        ["another number"] = (m => m.Graph.Initializer[0] = Tensors.Make("w", ElementType.Float, [3, 8], new double[24]), ErrorCodes.PlanWeightsMismatch),
        ["another size"] = (m => m.Graph.Initializer[2] = Tensors.Make("b", ElementType.Float, [1, 8], new double[8]), ErrorCodes.PlanStructureMismatch),
    };

    public static TheoryData<string> SameNames => [.. Same.Keys];

    public static TheoryData<string> DifferentNames => [.. Different.Keys];

    [Theory]
    [MemberData(nameof(SameNames))]
    public void The_order_of_a_file_is_no_part_of_the_hashes(string name)
    {
        var (one, other) = (Of(_ => { }), Of(Same[name]));
        Assert.Equal(one.StructureHash, other.StructureHash);
        Assert.Equal(one.WeightsHash, other.WeightsHash);
        Assert.Equal(Plan(one).Groups.Select(g => g.Kept), PruningDecision.Of(other, Plan(one)).Groups.Select(g => g.Kept));
    }

    [Theory]
    [MemberData(nameof(DifferentNames))]
    public void Another_network_is_refused(string name)
    {
        var (one, other) = (Of(_ => { }), Of(Different[name].Change));
        Assert.Equal(Different[name].Code, Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(other, Plan(one))).Code);
    }

    [Fact]
    public void A_plan_with_the_hashes_of_the_file_order_is_accepted()
    {
        var analysis = Of(_ => { });
        var old = Plan(analysis);
        old = old with
        {
            Model = old.Model with { StructureHash = ModelHash.FileOrderStructure(analysis.Normalized), WeightsHash = ModelHash.FileOrderWeights(analysis.Normalized) },
        };
        Assert.NotEqual(analysis.StructureHash, old.Model.StructureHash);
        Assert.Equal(Plan(analysis).Groups.Select(g => g.Kept), PruningDecision.Of(analysis, old).Groups.Select(g => g.Kept));
    }

    private static PruningPlan Plan(ModelAnalysis analysis) => Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse("channels=50%") }).ToPlan();

    private static ModelAnalysis Of(Action<ModelProto> change)
    {
        var model = OnnxText.Parse(Text);
        change(model);
        return ModelAnalysis.Run(OnnxModel.Parse(model.ToByteArray()));
    }

    private static void Reverse<T>(IList<T> items)
    {
        var reversed = items.Reverse().ToList();
        for (int i = 0; i < reversed.Count; i++) items[i] = reversed[i];
    }

    // The vectors b and d, of one shape.
    private static void Exchange(IList<TensorProto> initializers) => (initializers[2].Name, initializers[3].Name) = (initializers[3].Name, initializers[2].Name);
}
