using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>DepthToSpace (pixel shuffle): the block factor is outermost in DCR mode, innermost in CRD mode.</summary>
internal sealed class DepthToSpace : Operator
{
    private static readonly Notation DepthColumnRow = Notation.Parse("n B*c . . -> n c . .");
    private static readonly Notation ColumnRowDepth = Notation.Parse("n c*B . . -> n c . .");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        var block = Size.Of(c.Node.Int("blocksize", 1));
        if (x.Length != 4 || (x[1].IsKnown && !(block * block).Divides(x[1]))) c.Infeasible($"{new TensorType(default, x)} in blocks of {block}");
        c.Output([x[0], x[1] / (block * block), x[2] * block, x[3] * block]);
    }

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        long block = c.Node.Int("blocksize", 1);
        c.Rule(c.Node.Text("mode", "DCR") == "CRD" ? ColumnRowDepth : DepthColumnRow, ("B", block * block));
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
