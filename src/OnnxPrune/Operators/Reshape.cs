using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Reshape: the target may copy axes (0) and leave one open (-1).</summary>
internal sealed class Reshape : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(1) is not { } target) return;
        var x = c.Shape(0);
        var wanted = target.ToSizes();
        bool copies = c.Node.Int("allowzero", 0) == 0;
        for (int i = 0; i < wanted.Length; i++) if (copies && wanted[i].Same(Size.Zero)) wanted[i] = i < x.Length ? x[i] : Size.Unknown;
        int open = Array.FindIndex(wanted, w => w.Same(Size.Of(-1)));
        if (open >= 0) wanted[open] = Rest(c, x, wanted.Where((_, i) => i != open));
        else if (!Size.Product(x).Same(Size.Product(wanted)) && Size.Product(x).IsKnown && Size.Product(wanted).IsKnown)
            c.Infeasible($"{new TensorType(default, x)} to {new TensorType(default, wanted)}");
        c.Output(wanted, ContentArithmetic.Reshape(c.Content(0), wanted));
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    public override void Couple(CouplingContext c) => c.Output(0, c.Reshape(c.Input(0), c.OutputShape(0)));

    public override void FlowZeros(ZeroContext c) => ReshapeZeros.Flow(c);

    public override void Adjust(AdjustContext c)
    {
        if (c.OutputsFit()) return;
        var (x, y) = (c.KeptInput(0), c.KeptOutput(0));
        bool copies = c.Node.Int("allowzero", 0) == 0;
        bool open = false;
        c.SetOperand(1, [.. y.Select((size, i) => Element(size, i < x.Count && copies ? x[i] : Size.Unknown, ref open))]);
    }

    // A size that varies is copied where the input has it on the same axis; one more may be left open.
    private static Size Element(Size size, Size input, ref bool open)
    {
        if (size.IsConcrete) return size;
        if (size.Same(input)) return Size.Zero;
        if (open) return size;
        open = true;
        return Size.Of(-1);
    }

    private static Size Rest(ShapeContext c, Size[] x, IEnumerable<Size> others)
    {
        var (total, known) = (Size.Product(x), Size.Product(others));
        if (total.IsKnown && known.IsKnown && !known.Divides(total)) c.Infeasible($"{total} elements do not fill rows of {known}");
        return total / known;
    }
}
