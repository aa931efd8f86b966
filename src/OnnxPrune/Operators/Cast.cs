using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>Cast and CastLike: the same elements in another type.</summary>
internal sealed class Cast : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override bool AcceptsUnknownRanks => true;

    public override void InferShapes(ShapeContext c)
    {
        var type = c.Node.OpType == "CastLike" ? c.Input(1).Type : (ElementType)c.Node.Int("to", 0);
        c.Output(0, type, c.Has(0) && c.Input(0).Shape is null ? null : c.Shape(0), c.Content(0)?.Cast(type));
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    // Numbers are rounded to integers.
    public override Jump JumpOf(Node node) =>
        ElementTypes.IsInteger((ElementType)node.Int("to", 0)) && node.Int("to", 0) != (long)ElementType.Bool ? Jump.Selection : Jump.None;

    // Negative numbers become large in unsigned types.
    public override Signs SignsOf(SignContext c) => c.Input(0) == Signs.Any || c.Input(0).HasFlag(Signs.NotNegative) || IsSigned(c.Node) ? c.Input(0) : Signs.Any;

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    private static bool IsSigned(Node node) => (ElementType)node.Int("to", 0)
        is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Int64 or ElementType.Int32;
}
