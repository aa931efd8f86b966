using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.EmbedLayerNormalization: the sum of word, position and segment embeddings, normalised.</summary>
internal sealed class EmbedLayerNormalization : Operator
{
    private const int Word = 2, Position = 3, Segment = 4, Scale = 5, Shift = 6;

    private static readonly Notation Coupling = Notation.Parse("~, ~?, . h, . h, . h?, h, h, ~?, ~? -> . . h, ., . . h");

    public override void InferShapes(ShapeContext c)
    {
        var (tokens, words) = (c.Shape(0), c.Shape(Word));
        if (tokens.Length != 2 || words.Length != 2) c.Infeasible($"tokens of rank {tokens.Length}, embeddings of rank {words.Length}");
        var type = c.Input(Word).Type;
        c.Output(0, type, [.. tokens, words[1]]);
        c.Output(1, ElementType.Int32, [tokens[0]]);
        c.Output(2, type, [.. tokens, words[1]]);
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(Scale)[0], exact: false, "normalises over this axis");
        c.Output(0, false, false, c.Input(Scale)[0] && c.Input(Shift)[0]);
        c.Output(2, false, false, c.Input(Word)[1] && c.Input(Position)[1] && (!c.Has(Segment) || c.Input(Segment)[1]));
    }
}
