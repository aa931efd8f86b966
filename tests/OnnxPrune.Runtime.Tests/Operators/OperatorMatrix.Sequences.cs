using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Recurrent networks: 5 steps, 8 features, 6 hidden units.</content>
internal static partial class OperatorMatrix
{
    private static IEnumerable<OperatorCase> Recurrent(string op, long opset)
    {
        long gates = op switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        return from direction in new[] { "forward", "reverse", "bidirectional" }
               let directions = direction == "bidirectional" ? 2L : 1
               from more in Enumerable.Range(0, op == "LSTM" ? 5 : 4)
               from outputs in op == "LSTM" ? new[] { 1, 2, 3 } : [1, 2]
               from detail in Details(op, directions)
               let operands = new Operand[]
               {
                   Operand.Of(5, N, 8), new Operand.Weight(directions, gates * 6, 8), new Operand.Weight(directions, gates * 6, 6), new Operand.Weight(directions, 2 * gates * 6),
                   new Operand.Missing(), Operand.Of(directions, N, 6), Operand.Of(directions, N, 6), new Operand.Weight(directions, 18),
               }
               select Case(op, opset, operands[..More(op, more)], [Attribute.Int("hidden_size", 6), Attribute.Text("direction", direction), .. detail]) with { Outputs = outputs };
    }

    // Without and with bias, initial state, initial cell and peepholes.
    private static int More(string op, int more) => more switch { 0 => 3, 1 => 4, 2 => 6, 3 => op == "LSTM" ? 7 : 6, _ => 8 };

    private static IEnumerable<AttributeProto[]> Details(string op, long directions)
    {
        yield return [];
        yield return [Attribute.Float("clip", 0.7f)];
        yield return op == "GRU" ? [Attribute.Int("linear_before_reset", 1)] : op == "LSTM" ? [Attribute.Int("input_forget", 1)] : [];
        string[] activations = op switch { "LSTM" => ["Sigmoid", "Tanh", "Relu"], "GRU" => ["HardSigmoid", "Tanh"], _ => ["Relu"] };
        var named = new AttributeProto { Name = "activations", Type = AttributeProto.Types.AttributeType.Strings };
        named.Strings.Add(Enumerable.Repeat(activations, (int)directions).SelectMany(a => a).Select(Google.Protobuf.ByteString.CopyFromUtf8));
        yield return op == "GRU" ? [named, Attribute.Floats("activation_alpha", 0.2f, 0.2f), Attribute.Floats("activation_beta", 0.5f, 0.5f)] : [named];
    }
}
