using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>Cast and CastLike: the same elements in another type.</summary>
internal sealed class Cast : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        var type = c.Node.OpType == "CastLike" ? c.Input(1).Type : (ElementType)c.Node.Int("to", 0);
        c.Output(0, type, c.Shape(0), c.Content(0)?.Cast(type));
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    // Numbers are rounded to integers.
    public override Jump JumpOf(Node node) =>
        ElementTypes.IsInteger((ElementType)node.Int("to", 0)) && node.Int("to", 0) != (long)ElementType.Bool ? Jump.Selection : Jump.None;

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
