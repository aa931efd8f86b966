using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>The same values in other shapes, and what is computed there.</content>
internal sealed partial class ImageNetwork
{
    private Feature PixelShuffled(Feature x)
    {
        if (space != 2 || x.Channels % 4 != 0 || x.Channels < 8 || x.Size > 8) return Activated(x);
        if (Coin())
            return new Feature(
                graph.Node("DepthToSpace", [x.Name], Attr.Int("blocksize", 2), Attr.Text("mode", Coin() ? "DCR" : "CRD")),
                x.Channels / 4,
                2 * x.Size);
        string apart = graph.Node("Reshape", [x.Name, graph.Ints(0, Coin() ? -1 : x.Channels / 4, 2, 2, x.Size, x.Size)]);
        string turned = graph.Node("Transpose", [apart], Attr.Ints("perm", 0, 1, 4, 2, 5, 3));
        return new Feature(
            graph.Node("Reshape", [turned, graph.Ints(0, Coin() ? -1 : x.Channels / 4, 2 * x.Size, 2 * x.Size)]), x.Channels / 4, 2 * x.Size);
    }

    private Feature SpaceToDepth(Feature x) => space != 2 || x.Size % 2 != 0 || x.Size < 4 || x.Channels > 8
        ? Activated(x)
        : new Feature(graph.Node("SpaceToDepth", [x.Name], Attr.Int("blocksize", 2)), 4 * x.Channels, x.Size / 2);

    // Pixels of two phases side by side as channels.
    private Feature Focused(Feature x)
    {
        if (x.Size % 2 != 0 || x.Size < 4 || x.Channels > 12) return Pooled(x);
        string[] phases =
        [
            .. Enumerable.Range(0, 2).Select(start =>
                graph.Node(
                    "Slice",
                    [
                        x.Name,
                        graph.Ints(Spatial(start)),
                        graph.Ints(Spatial(long.MaxValue)),
                        graph.Ints([.. Enumerable.Range(2, space)]),
                        graph.Ints(Spatial(2))]))];
        return new Feature(graph.Node("Concat", phases, Attr.Int("axis", 1)), 2 * x.Channels, x.Size / 2);
    }

    private Feature ChannelsLast(Feature x)
    {
        long channels = Channels();
        string last = graph.Node("Transpose", [x.Name], Attr.Ints("perm", [0, .. Enumerable.Range(2, space), 1]));
        if (Coin())
            last = graph.Node(
                "LayerNormalization", [last, graph.Vector(x.Channels, 0.5, 1.5), graph.Vector(x.Channels, -0.5, 0.5)], Attr.Int("axis", -1));
        string mixed = graph.Node("Add", [graph.Node("MatMul", [last, graph.Weight(x.Channels, channels)]), graph.Vector(channels, -0.5, 0.5)]);
        return x with { Name = graph.Node("Transpose", [graph.Node("Tanh", [mixed])], Attr.Ints("perm", [0, space + 1, .. Enumerable.Range(1, space)])), Channels = channels };
    }

    // To another view and back: rows of pixels, with the shape from the tensor itself.
    private Feature Viewed(Feature x)
    {
        string flat = graph.Node("Reshape", [x.Name, Coin() ? graph.Ints(0, x.Channels, -1) : graph.Ints(0, 0, Pixels(x.Size))]);
        string turned = graph.Node("Relu", [graph.Node("Transpose", [flat], Attr.Ints("perm", 0, 2, 1))]);
        string back = graph.Node("Transpose", [turned], Attr.Ints("perm", 0, 2, 1));
        return x with { Name = graph.Node("Reshape", [back, Coin() ? graph.Node("Shape", [x.Name]) : graph.Ints([-1, .. Shape(x.Channels, x.Size)])]) };
    }

    // An If that captures the features, and another user of the table that it reads.
    private Feature Branched(Feature x)
    {
        string table = graph.Table(Shape(x.Channels, 1));
        string condition = graph.Node("Greater", [graph.Node("ReduceSum", ["image"], Attr.Int("keepdims", 0)), graph.Floats(0)]);
        var chosen = Conv(x with { Name = graph.If(condition, x.Name, table, Coin() ? [-1, .. Shape(x.Channels, x.Size)] : null) }, x.Channels);
        return x with { Name = graph.Node("Mul", [chosen.Name, table]) };
    }

    // Attention of channels to each other, or of pixels.
    private Feature Attended(Feature x)
    {
        long keys = Channels();
        string Rows(Feature f) => graph.Node("Reshape", [f.Name, graph.Ints(0, 0, -1)]);
        string q = Rows(Conv(x, keys)), k = Rows(Conv(x, keys)), v = Rows(Conv(x, x.Channels));
        string scores = graph.Node("MatMul", [graph.Node("Transpose", [q], Attr.Ints("perm", 0, 2, 1)), k]);
        string weights = graph.Node("Softmax", [scores], Attr.Int("axis", -1));
        string mixed = graph.Node("MatMul", [v, graph.Node("Transpose", [weights], Attr.Ints("perm", 0, 2, 1))]);
        return x with { Name = graph.Node("Add", [x.Name, graph.Node("Reshape", [mixed, graph.Ints([0, .. Shape(x.Channels, x.Size)])])]) };
    }

    // Patches of two in every direction as rows, mixed by a matrix, and back.
    private Feature Unfolded(Feature x)
    {
        if (space != 2 || x.Size % 2 != 0) return Viewed(x);
        long half = x.Size / 2;
        string rows = graph.Node("Transpose", [graph.Node("Reshape", [x.Name, graph.Ints(-1, half, 2, 2)])], Attr.Ints("perm", 0, 2, 1, 3));
        string pixels = graph.Node(
            "Transpose", [graph.Node("Reshape", [rows, graph.Ints(-1, x.Channels, 4, half * half)])], Attr.Ints("perm", 0, 2, 3, 1));
        string mixed = graph.Node("Relu", [graph.Node("MatMul", [pixels, graph.Weight(x.Channels, x.Channels)])]);
        string back = graph.Node("Reshape", [graph.Node("Transpose", [mixed], Attr.Ints("perm", 0, 3, 1, 2)), graph.Ints(-1, 2, half, 2)]);
        return x with { Name = graph.Node("Reshape", [graph.Node("Transpose", [back], Attr.Ints("perm", 0, 2, 1, 3)), graph.Ints(-1, x.Channels, x.Size, x.Size)]) };
    }

    // Weighed by the distance to the best channel of every pixel, or to the best pixels of every channel. (A comparison instead would jump
    // where two are equal but for rounding.)
    private Feature Chosen(Feature x)
    {
        string limit = Coin()
            ? graph.Node("ReduceMax", [x.Name], Attr.Ints("axes", Coin() ? 1 : 2))
            : graph.Nodes("TopK", 2, [x.Name, graph.Ints(1)], Attr.Int("axis", Coin() ? 1 : 2))[0];
        return x with { Name = graph.Node("Mul", [x.Name, graph.Node("Sigmoid", [graph.Node("Sub", [x.Name, limit])])]) };
    }

    // Sums and norms over channels or space, which scale what they were made from.
    private Feature Statistics(Feature x)
    {
        string op = random.Next(4) switch { 0 => "ReduceL2", 1 => "ReduceSumSquare", 2 => "ReduceMean", _ => "ReduceL1" };
        string statistic = graph.Node(op, [x.Name], Attr.Ints("axes", Coin() ? 1 : 2), Attr.Int("keepdims", 1));
        return x with { Name = graph.Node("Div", [x.Name, graph.Node("Add", [graph.Node("Abs", [statistic]), graph.Floats(0.5)])]) };
    }

    // A product over channels in Einstein's notation, on rows of pixels.
    private Feature Mixed(Feature x)
    {
        long channels = Channels();
        string flat = graph.Node("Reshape", [x.Name, graph.Ints(0, x.Channels, -1)]);
        string mixed = graph.Node("Einsum", [flat, graph.Weight(channels, x.Channels)], Attr.Text("equation", "ncp,dc->ndp"));
        return x with { Name = graph.Node("Reshape", [mixed, graph.Ints([0, .. Shape(channels, x.Size)])]), Channels = channels };
    }
}
