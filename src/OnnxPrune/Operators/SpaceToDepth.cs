using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>SpaceToDepth: blocks of space become the outermost factor of the channels.</summary>
internal sealed class SpaceToDepth : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n c . . -> n B*c . .");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        var block = Size.Of(c.Node.Int("blocksize", 1));
        if (x.Length != 4) c.Infeasible($"input of rank {x.Length}");
        if (x[2..].Any(size => size.IsKnown && !block.Divides(size))) c.Infeasible($"{new TensorType(default, x)} in blocks of {block}");
        c.Output([x[0], x[1] * block * block, x[2] / block, x[3] / block]);
    }

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        long block = c.Node.Int("blocksize", 1);
        c.Rule(Coupling, ("B", block * block));
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
