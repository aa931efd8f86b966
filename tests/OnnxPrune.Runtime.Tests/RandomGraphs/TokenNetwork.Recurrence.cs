using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>LSTM, GRU and RNN over tokens.</content>
internal sealed partial class TokenNetwork
{
    private static readonly (string Op, long Gates)[] Cells = [("LSTM", 4), ("GRU", 3), ("RNN", 1)];

    private string Recurrent(string x)
    {
        var (op, gates) = Cells[random.Next(3)];
        long hidden = random.Next(4, 8);
        string time = graph.Node("Transpose", [x], Attr.Ints("perm", 1, 0, 2));
        string start = Coin() ? "" : StartOf(time, hidden);
        string all = graph.Node(
            op,
            [time, .. Weights(1, gates, width, hidden), "", start],
            Attr.Int("hidden_size", hidden),
            Reset(op),
            Coin() ? Attr.Text("direction", "reverse") : null);
        string last = graph.Node("Squeeze", [all, graph.Ints(1)]);
        return graph.Node("Transpose", [Linear(last, hidden, width)], Attr.Ints("perm", 1, 0, 2));
    }

    private string BothDirections(string x)
    {
        var (op, gates) = Cells[random.Next(3)];
        long hidden = random.Next(3, 6);
        string time = graph.Node("Transpose", [x], Attr.Ints("perm", 1, 0, 2));
        string all = graph.Node(
            op, [time, .. Weights(2, gates, width, hidden)], Attr.Int("hidden_size", hidden), Reset(op), Attr.Text("direction", "bidirectional"));
        string flat = graph.Node(
            "Reshape",
            [graph.Node("Transpose", [all], Attr.Ints("perm", 0, 2, 1, 3)), Coin() ? graph.Ints(0, 0, -1) : graph.Ints(Tokens, -1, 2 * hidden)]);
        return graph.Node("Transpose", [Linear(flat, 2 * hidden, width)], Attr.Ints("perm", 1, 0, 2));
    }

    private Onnx.AttributeProto? Reset(string op) => op == "GRU" && Coin() ? Attr.Int("linear_before_reset", 1) : null;

    private string[] Weights(long directions, long gates, long from, long hidden) =>
        [
            graph.Weight(directions, gates * hidden, from),
            graph.Weight(directions, gates * hidden, hidden),
            .. Coin() ? [graph.Table(directions, 2 * gates * hidden)] : new[] { "" }];

    // A learned state for every sequence of the batch, or zeros.
    private string StartOf(string time, long hidden)
    {
        string batch = graph.Node("Slice", [graph.Node("Shape", [time]), graph.Ints(1), graph.Ints(2), graph.Ints(0)]);
        if (Coin()) return graph.Node("ConstantOfShape", [graph.Node("Concat", [graph.Ints(1), batch, graph.Ints(hidden)], Attr.Int("axis", 0))]);
        return graph.Node("Expand", [graph.Table(1, 1, hidden), graph.Node("Concat", [graph.Ints(1), batch, graph.Ints(1)], Attr.Int("axis", 0))]);
    }
}
