using OnnxPrune.Model;
using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// A random network that no architect would draw: 4 to 14 operations on tensors of any rank and along any axis, which merge, part, turn,
/// cut, join, repeat, broadcast, reduce and multiply whatever is there. It is the layout algebra that it tries.
/// </summary>
internal sealed partial class TensorNetwork
{
    private const long Opset = 17;
    private const long MostElements = 400;
    private readonly Random random;
    private readonly GraphBuilder graph;
    private readonly List<Tensor> earlier = [];

    private TensorNetwork(int seed)
    {
        random = new Random(seed);
        graph = new GraphBuilder(random);
    }

    /// <summary>A value of [N, dims].</summary>
    private sealed record Tensor(string Name, long[] Dims)
    {
        public long Count => Dims.Aggregate(1L, (n, d) => n * d);

        public int Rank => Dims.Length;
    }

    /// <summary>The network of a seed.</summary>
    public static OnnxModel Create(int seed) => new TensorNetwork(seed).Build();

    private OnnxModel Build()
    {
        string input = graph.Input("x", -1, 4, 5);
        var x = Linear(new Tensor(input, [4, 5]), Size());
        int operations = random.Next(4, 15);
        for (int i = 0; i < operations; i++)
        {
            earlier.Add(x);
            var next = Operation(x);
            x = next.Rank == 0 || next.Count > MostElements ? Linear(x, Size()) : next;
            if (random.Next(4) == 0) x = Linear(x, Size());
        }
        string flat = graph.Node("Flatten", [x.Name]);
        graph.Output(graph.Node("MatMul", [flat, graph.Weight(x.Count, 4)]));
        return graph.Finish(Opset);
    }

    private Tensor Operation(Tensor x) => random.Next(24) switch
    {
        0 or 1 => Linear(x, Size()),
        2 => Unary(x),
        3 or 4 => Turned(x),
        5 => Merged(x),
        6 or 7 => Parted(x),
        8 => Refactored(x),
        9 => CutAndJoined(x),
        10 => Rolled(x),
        11 => Sliced(x),
        12 => Joined(x),
        13 => Combined(x),
        14 => Broadcast(x),
        15 => Reduced(x),
        16 => Scaled(x),
        17 => Padded(x),
        18 => Tiled(x),
        19 => Expanded(x),
        20 => Picked(x),
        21 => Squared(x),
        22 => Normalised(x),
        _ => Residual(x),
    };

    private bool Coin() => random.Next(2) == 0;

    private long Size() => random.Next(6) switch { 0 => 4, 1 => 6, 2 => 8, 3 => 9, 4 => 12, _ => random.Next(2, 8) };

    private int Axis(Tensor x) => random.Next(x.Rank);

    private static long[] With(long[] dims, int axis, long size) => [.. dims.Select((d, i) => i == axis ? size : d)];

    // The batch in front, written as a copy or left open.
    private string Shape(IEnumerable<long> dims) => graph.Ints([Coin() ? 0 : -1, .. dims]);

    private Tensor Named(string op, IEnumerable<string> inputs, long[] dims, params Onnx.AttributeProto?[] attributes) =>
        new(graph.Node(op, inputs, attributes), dims);

    private Tensor Linear(Tensor x, long to)
    {
        string w = random.Next(5) == 0 ? graph.WeightInDisguise(x.Dims[^1], to) : graph.Weight(x.Dims[^1], to);
        string product = graph.Node("MatMul", [x.Name, w]);
        return new Tensor(Coin() ? product : graph.Node("Add", [product, graph.Vector(to, -0.5, 0.5)]), With(x.Dims, x.Rank - 1, to));
    }

    private Tensor Unary(Tensor x) =>
        Named(random.Next(6) switch { 0 => "Sigmoid", 1 => "Tanh", 2 => "Abs", 3 => "Softplus", 4 => "Neg", _ => "LeakyRelu" }, [x.Name], x.Dims);

    private Tensor Residual(Tensor x)
    {
        var inner = Linear(Unary(Linear(x, Size())), x.Dims[^1]);
        return Named("Add", [x.Name, inner.Name], x.Dims);
    }

    private Tensor Combined(Tensor x)
    {
        var other = earlier.FindLast(e => e.Dims.SequenceEqual(x.Dims) && Coin()) ?? Linear(x, x.Dims[^1]);
        string op = random.Next(5) switch { 0 => "Mul", 1 => "Sub", 2 => "Max", 3 => "Mean", _ => "Add" };
        return Named(op, Coin() ? [x.Name, other.Name] : [other.Name, x.Name], x.Dims);
    }

    // With a table that has some of the axes.
    private Tensor Broadcast(Tensor x)
    {
        long[] dims = [.. x.Dims.Select(d => Coin() ? d : 1)];
        if (dims[0] == 1 && Coin()) dims = dims[1..];
        string table = dims.Length == 0 ? graph.Floats(0.7) : graph.Table(dims);
        return Named(Coin() ? "Mul" : "Add", Coin() ? [x.Name, table] : [table, x.Name], x.Dims);
    }

    private Tensor Normalised(Tensor x) => random.Next(3) switch
    {
        0 => Named("Softmax", [x.Name], x.Dims, Attr.Int("axis", 1 + Axis(x))),
        1 => Named("LayerNormalization", [x.Name, graph.Vector(x.Dims[^1], 0.5, 1.5)], x.Dims, Attr.Int("axis", -1)),
        _ => Named("CumSum", [x.Name, graph.Int(1 + Axis(x))], x.Dims),
    };

    // x xᵀ, with the axes of the last two.
    private Tensor Squared(Tensor x)
    {
        if (x.Rank < 2) return Unary(x);
        string turned = graph.Node("Transpose", [x.Name], Attr.Ints("perm", [.. Enumerable.Range(0, x.Rank - 1), x.Rank, x.Rank - 1]));
        string other = Coin() ? x.Name : Linear(x, x.Dims[^1]).Name;
        string product = graph.Node("MatMul", [other, turned]);
        return Named("Tanh", [product], With(x.Dims, x.Rank - 1, x.Dims[^2]));
    }
}
