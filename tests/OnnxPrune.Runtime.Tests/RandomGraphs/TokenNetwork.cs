using OnnxPrune.Model;
using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// A random network over tokens of 1 to 5 blocks: attention of many kinds, feed-forward layers plain, gated and stacked, recurrent layers,
/// convolutions over tokens; residual or not, normalised or not; from features or an embedding, which the output head may share.
/// </summary>
internal sealed partial class TokenNetwork
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
        width = 4 * random.Next(2, 5);
    }

    /// <summary>The network of a seed.</summary>
    public static OnnxModel Create(int seed) => new TokenNetwork(seed).Build();

    private bool Coin() => random.Next(2) == 0;

    private OnnxModel Build()
    {
        string? embedding = Coin() ? graph.Table(9, width) : null;
        string x = embedding is null
            ? Linear(graph.Input("tokens", -1, Tokens, 7), 7, width)
            : graph.Node("Gather", [embedding, graph.Positions("ids", -1, Tokens)]);
        if (Coin()) x = graph.Node("Add", [x, graph.Table(Tokens, width)]);
        int blocks = random.Next(1, 6);
        for (int i = 0; i < blocks; i++)
        {
            string inner = Block(Coin() ? Normalised(x) : x);
            x = random.Next(4) == 0 ? inner : graph.Node("Add", [x, inner]);
        }
        x = random.Next(4) switch
        {
            0 => graph.Node("ReduceMean", [x], Attr.Ints("axes", 1), Attr.Int("keepdims", 0)),
            1 => graph.Node("Gather", [x, graph.Int(0)], Attr.Int("axis", 1)),
            _ => x,
        };
        graph.Output(
            embedding is not null && Coin()
                ? graph.Node("MatMul", [x, graph.Node("Transpose", [embedding], Attr.Ints("perm", 1, 0))])
                : Linear(x, width, 4));
        return graph.Finish(Opset);
    }

    private string Block(string x) => random.Next(13) switch
    {
        0 or 1 or 2 or 3 or 4 => Attention(x),
        5 => FeedForward(x),
        6 or 7 => GatedFeedForward(x),
        8 => Recurrent(x),
        9 => BothDirections(x),
        10 => Convolved(x),
        11 => Experts(x),
        _ => MixedTokens(x),
    };

    private string Linear(string x, long from, long to)
    {
        string w = random.Next(6) == 0 ? graph.WeightInDisguise(from, to) : graph.Weight(from, to);
        string product = graph.Node("MatMul", [x, w]);
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
        long hidden = 2 * random.Next(3, 9);
        string inner = Linear(x, width, hidden);
        inner = random.Next(3) switch { 0 => Erf(inner), 1 => graph.Node("Relu", [inner]), _ => graph.Node("Tanh", [inner]) };
        return Linear(inner, hidden, width);
    }

    private string Erf(string x) => graph.Node(
        "Mul",
        [
            graph.Node("Mul", [x, graph.Node("Add", [graph.Node("Erf", [graph.Node("Div", [x, graph.Floats(1.4142135)])]), graph.Floats(1)])]),
            graph.Floats(0.5)]);

    private string GatedFeedForward(string x)
    {
        long hidden = 2 * random.Next(3, 9);
        if (Coin())
        {
            string up = Linear(x, width, hidden), gate = Linear(x, width, hidden);
            return Linear(graph.Node("Mul", [up, graph.Node("Mul", [gate, graph.Node("Sigmoid", [gate])])]), hidden, width);
        }
        var halves = graph.Nodes("Split", 2, [Linear(x, width, 2 * hidden)], Attr.Int("axis", -1));
        return Linear(graph.Node("Mul", [halves[0], Erf(halves[1])]), hidden, width);
    }

    // Three experts in stacked matrices, weighted by a router.
    private string Experts(string x)
    {
        long hidden = random.Next(3, 8);
        string weights = graph.Node("Softmax", [graph.Node("MatMul", [x, graph.Weight(width, 3)])], Attr.Int("axis", -1));
        string inner = graph.Node("Relu", [graph.Node("MatMul", [graph.Node("Unsqueeze", [x, graph.Ints(1)]), graph.Weight(3, width, hidden)])]);
        string each = graph.Node("MatMul", [inner, graph.Weight(3, hidden, width)]);
        string share = graph.Node("Unsqueeze", [graph.Node("Transpose", [weights], Attr.Ints("perm", 0, 2, 1)), graph.Ints(-1)]);
        return graph.Node("ReduceSum", [graph.Node("Mul", [each, share]), graph.Ints(1)], Attr.Int("keepdims", 0));
    }

    private string Convolved(string x)
    {
        long hidden = 2 * random.Next(3, 7);
        string first = graph.Node("Transpose", [x], Attr.Ints("perm", 0, 2, 1));
        string wide = graph.Node("Conv", [first, graph.Weight(2 * hidden, width, 3)], Attr.Ints("pads", 1, 1));
        var halves = graph.Nodes("Split", 2, [wide], Attr.Int("axis", 1));
        string gated = graph.Node("Mul", [halves[0], graph.Node("Sigmoid", [halves[1]])]);
        string deep = graph.Node("Conv", [gated, graph.Weight(hidden, 1, 3)], Attr.Ints("pads", 1, 1), Attr.Int("group", hidden));
        string narrow = graph.Node("Conv", [graph.Node("Relu", [deep]), graph.Weight(width, hidden, 1)]);
        return graph.Node("Transpose", [narrow], Attr.Ints("perm", 0, 2, 1));
    }

    // A layer over tokens: the hidden size is that of the tokens.
    private string MixedTokens(string x)
    {
        long hidden = random.Next(4, 9);
        string turned = graph.Node("Transpose", [x], Attr.Ints("perm", 0, 2, 1));
        string mixed = graph.Node("MatMul", [Erf(graph.Node("MatMul", [turned, graph.Weight(Tokens, hidden)])), graph.Weight(hidden, Tokens)]);
        return graph.Node("Transpose", [mixed], Attr.Ints("perm", 0, 2, 1));
    }
}
