using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>Attention: how queries, keys and values are made, positioned and mixed.</content>
internal sealed partial class TokenNetwork
{
    private string Attention(string x)
    {
        long heads = 2 * random.Next(1, 3), size = 2 * random.Next(1, 4);
        if (random.Next(6) == 0) return Einsums(x, heads, size);
        var (q, k, v) = random.Next(6) switch
        {
            0 => Separate(x, heads, size),
            1 => Packed(x, heads, size),
            2 => Stacked(x, heads, size),
            3 => Interleaved(x, heads, size),
            _ => Shared(x, heads, size),
        };
        if (random.Next(3) == 0) (q, k) = Coin() ? RotatedHalves(q, k, size) : RotatedPairs(q, k, heads, size);
        string scores = graph.Node("MatMul", [q, graph.Node("Transpose", [k], Attr.Ints("perm", 0, 1, 3, 2))]);
        string scaled = Biased(Coin() ? graph.Node("Mul", [scores, graph.Floats(0.5)]) : graph.Node("Div", [scores, Scale(q)]), heads);
        string mixed = graph.Node(
            "Transpose", [graph.Node("MatMul", [graph.Node("Softmax", [scaled], Attr.Int("axis", -1)), v])], Attr.Ints("perm", 0, 2, 1, 3));
        return Linear(graph.Node("Reshape", [mixed, Merged(x, heads * size)]), heads * size, width);
    }

    // The square root of the head size, as an exporter computes it from the shape of the queries.
    private string Scale(string q) =>
        graph.Node("Sqrt", [graph.Node("Cast", [graph.Node("Gather", [graph.Node("Shape", [q]), graph.Int(-1)])], Attr.Int("to", 1))]);

    // A table per head, a table of buckets, a mask, or nothing.
    private string Biased(string scores, long heads)
    {
        switch (random.Next(6))
        {
            case 0:
                return graph.Node("Add", [scores, graph.Table(heads, Tokens, Tokens)]);
            case 1:
                string picked = graph.Node(
                    "Gather",
                    [graph.Table(5, heads), graph.Indices([Tokens, Tokens], i => Math.Min(4, Math.Abs((i / (int)Tokens) - (i % (int)Tokens))))]);
                return graph.Node(
                    "Add", [scores, graph.Node("Unsqueeze", [graph.Node("Transpose", [picked], Attr.Ints("perm", 2, 0, 1)), graph.Ints(0)])]);
            case 2:
                return graph.Node("Where", [graph.Bools([Tokens, Tokens], i => i % Tokens <= i / Tokens), scores, graph.Floats(-1e4)]);
            default:
                return scores;
        }
    }

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

    // One product, reshaped to [batch, tokens, 3, heads, size], and gathered, sliced or split.
    private (string Q, string K, string V) Stacked(string x, long heads, long size)
    {
        string packed = graph.Node("Reshape", [Linear(x, width, 3 * heads * size), graph.Ints(0, Tokens, 3, heads, size)]);
        string stacked = graph.Node("Transpose", [packed], Attr.Ints("perm", 2, 0, 3, 1, 4));
        if (Coin())
        {
            var parts = graph.Nodes("Split", 3, [stacked], Attr.Int("axis", 0));
            string Alone(int i) => graph.Node("Squeeze", [parts[i], graph.Ints(0)]);
            return (Alone(0), Alone(1), Alone(2));
        }
        string Part(long i) => graph.Node("Gather", [stacked, graph.Int(i)], Attr.Int("axis", 0));
        return (Part(0), Part(1), Part(2));
    }

    // One product, reshaped to [batch, tokens, heads, 3 sizes], and split.
    private (string Q, string K, string V) Interleaved(string x, long heads, long size)
    {
        var parts = graph.Nodes("Split", 3, [Heads(Linear(x, width, 3 * heads * size), heads, 3 * size)], Attr.Int("axis", Coin() ? 3 : -1));
        return (parts[0], parts[1], parts[2]);
    }

    // Keys and values of half the heads, each repeated for two query heads.
    private (string Q, string K, string V) Shared(string x, long heads, long size)
    {
        string q = Heads(Linear(x, width, heads * size), heads, size);
        bool tiled = random.Next(3) == 0;
        string Repeated()
        {
            string few = Heads(Linear(x, width, heads / 2 * size), heads / 2, size);
            if (tiled) return graph.Node("Tile", [few, graph.Ints(1, 2, 1, 1)]);
            string wide = graph.Node("Concat", [Batch(x), graph.Ints(heads / 2, 2, Tokens, size)], Attr.Int("axis", 0));
            string many = graph.Node("Expand", [graph.Node("Unsqueeze", [few, graph.Ints(2)]), Coin() ? wide : graph.Ints(1, 1, 2, 1, 1)]);
            return graph.Node("Reshape", [many, graph.Ints(0, heads, Tokens, size)]);
        }
        return (q, Repeated(), Repeated());
    }

    private (string Q, string K) RotatedHalves(string q, string k, long size)
    {
        string cos = graph.Table(Tokens, size), sin = graph.Table(Tokens, size);
        string Rotated(string x)
        {
            string left = graph.Node("Slice", [x, graph.Ints(0), graph.Ints(size / 2), graph.Ints(3)]);
            string right = graph.Node("Slice", [x, graph.Ints(size / 2), graph.Ints(long.MaxValue), graph.Ints(-1)]);
            string turned = graph.Node("Concat", [graph.Node("Neg", [right]), left], Attr.Int("axis", -1));
            return graph.Node("Add", [graph.Node("Mul", [x, cos]), graph.Node("Mul", [turned, sin])]);
        }
        return (Rotated(q), Rotated(k));
    }

    private (string Q, string K) RotatedPairs(string q, string k, long heads, long size)
    {
        string cos = graph.Table(Tokens, size / 2), sin = graph.Table(Tokens, size / 2);
        bool strided = Coin();
        string Rotated(string x)
        {
            string pairs = graph.Node("Reshape", [x, graph.Ints(0, 0, 0, size / 2, 2)]);
            string Part(long i) => strided
                ? graph.Node("Slice", [x, graph.Ints(i), graph.Ints(size), graph.Ints(-1), graph.Ints(2)])
                : graph.Node("Gather", [pairs, graph.Int(i)], Attr.Int("axis", -1));
            string Product(string a, string b) => graph.Node("Mul", [a, b]);
            string even = graph.Node(
                "Sub", [Product(Part(0), cos), Product(Part(1), sin)]), odd = graph.Node("Add", [Product(Part(0), sin), Product(Part(1), cos)]);
            string joined = graph.Node(
                "Concat", [graph.Node("Unsqueeze", [even, graph.Ints(-1)]), graph.Node("Unsqueeze", [odd, graph.Ints(-1)])], Attr.Int("axis", -1));
            return graph.Node("Reshape", [joined, graph.Ints(0, heads, Tokens, size)]);
        }
        return (Rotated(q), Rotated(k));
    }

    private string Einsums(string x, long heads, long size)
    {
        string Projected() => graph.Node("Einsum", [x, graph.Weight(width, heads, size)], Attr.Text("equation", "ntc,chd->nthd"));
        string scores = graph.Node("Einsum", [Projected(), Projected()], Attr.Text("equation", Coin() ? "nqhd,nkhd->nhqk" : "bihd, bjhd -> bhij"));
        string weights = graph.Node("Softmax", [Biased(scores, heads)], Attr.Int("axis", -1));
        string mixed = graph.Node("Einsum", [weights, Projected()], Attr.Text("equation", "nhqk,nkhd->nqhd"));
        return graph.Node("Einsum", [mixed, graph.Weight(heads, size, width)], Attr.Text("equation", "nqhd,hdc->nqc"));
    }
}
