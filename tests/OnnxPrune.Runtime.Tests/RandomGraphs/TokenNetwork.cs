using OnnxPrune.Model;
using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// A random network over tokens of 1 to 5 blocks: attention with separate or packed projections, with shared keys and values, with
/// shapes as constants or computed; feed-forward layers plain and gated; residual or not, normalised or not.
/// </summary>
internal sealed class TokenNetwork
{
    private const long Opset = 17;
    private const long Tokens = 6;
    private readonly Random random;
    private readonly GraphBuilder graph;
    private readonly long width;

    private TokenNetwork(int seed)
    {
        random = new Random(seed);
        graph = new GraphBuilder(random);
        width = 4 * random.Next(2, 6);
    }

    /// <summary>The network of a seed.</summary>
    public static OnnxModel Create(int seed) => new TokenNetwork(seed).Build();

    private bool Coin() => random.Next(2) == 0;

    private OnnxModel Build()
    {
        string x = Linear(graph.Input("tokens", -1, Tokens, 7), 7, width);
        if (Coin()) x = graph.Node("Add", [x, graph.Table(Tokens, width)]);
        int blocks = random.Next(1, 6);
        for (int i = 0; i < blocks; i++)
        {
            string inner = Coin() ? Normalised(x) : x;
            inner = random.Next(4) switch { 0 or 1 => Attention(inner), 2 => FeedForward(inner), _ => GatedFeedForward(inner) };
            x = random.Next(4) == 0 ? inner : graph.Node("Add", [x, inner]);
        }
        if (Coin()) x = graph.Node("ReduceMean", [x], Attr.Ints("axes", 1), Attr.Int("keepdims", 0));
        graph.Output(Linear(x, width, 4));
        return graph.Finish(Opset);
    }

    private string Linear(string x, long from, long to)
    {
        string product = graph.Node("MatMul", [x, graph.Weight(from, to)]);
        return Coin() ? product : graph.Node("Add", Coin() ? [product, graph.Vector(to, -0.5, 0.5)] : [graph.Vector(to, -0.5, 0.5), product]);
    }

    private string Normalised(string x)
    {
        if (Coin()) return graph.Node("LayerNormalization", [x, graph.Vector(width, 0.5, 1.5), graph.Vector(width, -0.5, 0.5)], Attr.Int("axis", -1));
        string mean = graph.Node("ReduceMean", [x], Attr.Ints("axes", -1));
        string centred = graph.Node("Sub", [x, mean]);
        string variance = graph.Node("ReduceMean", [graph.Node("Pow", [centred, graph.Floats(2)])], Attr.Ints("axes", -1));
        string deviation = graph.Node("Sqrt", [graph.Node("Add", [variance, graph.Floats(1e-3)])]);
        return graph.Node("Mul", [graph.Node("Div", [centred, deviation]), graph.Vector(width, 0.5, 1.5)]);
    }

    private string FeedForward(string x)
    {
        long hidden = 2 * random.Next(3, 11);
        string inner = Linear(x, width, hidden);
        inner = random.Next(3) switch { 0 => Erf(inner), 1 => graph.Node("Relu", [inner]), _ => graph.Node("Tanh", [inner]) };
        return Linear(inner, hidden, width);
    }

    private string Erf(string x) => graph.Node(
        "Mul", [graph.Node("Mul", [x, graph.Node("Add", [graph.Node("Erf", [graph.Node("Div", [x, graph.Floats(1.4142135)])]), graph.Floats(1)])]), graph.Floats(0.5)]);

    private string GatedFeedForward(string x)
    {
        long hidden = 2 * random.Next(3, 11);
        if (Coin())
        {
            string up = Linear(x, width, hidden), gate = Linear(x, width, hidden);
            return Linear(graph.Node("Mul", [up, graph.Node("Mul", [gate, graph.Node("Sigmoid", [gate])])]), hidden, width);
        }
        var halves = graph.Nodes("Split", 2, [Linear(x, width, 2 * hidden)], Attr.Int("axis", -1));
        return Linear(graph.Node("Mul", [halves[0], Erf(halves[1])]), hidden, width);
    }

    private string Attention(string x)
    {
        long heads = 2 * random.Next(1, 3), size = random.Next(2, 6);
        var (q, k, v) = random.Next(4) switch
        {
            0 => Separate(x, heads, size),
            1 => Packed(x, heads, size),
            2 => Stacked(x, heads, size),
            _ => Shared(x, heads, size),
        };
        string scores = graph.Node("MatMul", [q, graph.Node("Transpose", [k], Attr.Ints("perm", 0, 1, 3, 2))]);
        string scaled = Coin() ? graph.Node("Mul", [scores, graph.Floats(0.5)]) : graph.Node("Div", [scores, Scale(q)]);
        string mixed = graph.Node("Transpose", [graph.Node("MatMul", [graph.Node("Softmax", [scaled], Attr.Int("axis", -1)), v])], Attr.Ints("perm", 0, 2, 1, 3));
        return Linear(graph.Node("Reshape", [mixed, Merged(x, heads * size)]), heads * size, width);
    }

    // The square root of the head size, as an exporter computes it from the shape of the queries.
    private string Scale(string q) => graph.Node("Sqrt", [graph.Node("Cast", [graph.Node("Gather", [graph.Node("Shape", [q]), graph.Int(-1)])], Attr.Int("to", 1))]);

    private string Batch(string x) => graph.Node("Slice", [graph.Node("Shape", [x]), graph.Ints(0), graph.Ints(1), graph.Ints(0)]);

    private string Merged(string x, long hidden) => random.Next(3) switch
    {
        0 => graph.Ints(0, 0, hidden),
        1 => graph.Ints(0, Tokens, -1),
        _ => graph.Node("Concat", [Batch(x), graph.Ints(Tokens, hidden)], Attr.Int("axis", 0)),
    };

    private string Heads(string x, long heads, long size)
    {
        string shape = random.Next(3) switch
        {
            0 => graph.Ints(0, 0, heads, size),
            1 => graph.Ints(0, Tokens, Coin() ? -1 : heads, size),
            _ => graph.Node("Concat", [Batch(x), graph.Ints(Tokens, heads, size)], Attr.Int("axis", 0)),
        };
        return graph.Node("Transpose", [graph.Node("Reshape", [x, shape])], Attr.Ints("perm", 0, 2, 1, 3));
    }

    private (string Q, string K, string V) Separate(string x, long heads, long size)
    {
        string Projected() => Heads(Linear(x, width, heads * size), heads, size);
        return (Projected(), Projected(), Projected());
    }

    // One product of three projections, cut into q, k and v.
    private (string Q, string K, string V) Packed(string x, long heads, long size)
    {
        long hidden = heads * size;
        var parts = graph.Nodes("Split", 3, [Linear(x, width, 3 * hidden), graph.Ints(hidden, hidden, hidden)], Attr.Int("axis", 2));
        return (Heads(parts[0], heads, size), Heads(parts[1], heads, size), Heads(parts[2], heads, size));
    }

    // One product, reshaped to [batch, tokens, 3, heads, size] and gathered.
    private (string Q, string K, string V) Stacked(string x, long heads, long size)
    {
        string packed = graph.Node("Reshape", [Linear(x, width, 3 * heads * size), graph.Ints(0, Tokens, 3, heads, size)]);
        string stacked = graph.Node("Transpose", [packed], Attr.Ints("perm", 2, 0, 3, 1, 4));
        string Part(long i) => graph.Node("Gather", [stacked, graph.Int(i)], Attr.Int("axis", 0));
        return (Part(0), Part(1), Part(2));
    }

    // Keys and values of half the heads, each repeated for two query heads.
    private (string Q, string K, string V) Shared(string x, long heads, long size)
    {
        string q = Heads(Linear(x, width, heads * size), heads, size);
        string Repeated() => graph.Node("Reshape", [
            graph.Node("Expand", [
                graph.Node("Unsqueeze", [Heads(Linear(x, width, heads / 2 * size), heads / 2, size), graph.Ints(2)]),
                graph.Node("Concat", [Batch(x), graph.Ints(heads / 2, 2, Tokens, size)], Attr.Int("axis", 0))]),
            graph.Ints(0, heads, Tokens, size)]);
        return (q, Repeated(), Repeated());
    }
}
