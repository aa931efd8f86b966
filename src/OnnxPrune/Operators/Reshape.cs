using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Reshape: the target may copy axes (0) and leave one open (-1).</summary>
internal sealed class Reshape : Operator
{
    public override bool AcceptsUnknownRanks => true;

    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(1) is not { } target) return;
        var wanted = target.ToSizes();
        bool copies = c.Node.Int("allowzero", 0) == 0;
        if (c.Has(0) && c.Input(0).Shape is null)
        {
            c.Output([.. wanted.Select(size => size.Same(Size.Of(-1)) || (copies && size.Same(Size.Zero)) ? Size.Unknown : size)]);
            return;
        }
        var x = c.Shape(0);
        for (int i = 0; i < wanted.Length; i++) if (copies && wanted[i].Same(Size.Zero)) wanted[i] = i < x.Length ? x[i] : Size.Unknown;
        int open = Array.FindIndex(wanted, w => w.Same(Size.Of(-1)));
        // What the only unknown number is follows from the others.
        if (open < 0 && wanted.Count(size => !size.IsKnown) == 1) open = Array.FindIndex(wanted, size => !size.IsKnown);
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
        var wanted = y.Select((size, i) => !size.IsConcrete && copies && i < x.Count && size.Same(x[i]) ? Size.Zero : size).ToList();
        if (OpenAxis(c.OldInput(1).Content, wanted) is >= 0 and var open) wanted[open] = Size.Of(-1);
        c.SetOperand(1, wanted);
    }

    // A size that varies is copied where the input has it on the same axis. One more may be left open: the one that was, or else the first.
    private static int OpenAxis(KnownTensor? old, List<Size> wanted)
    {
        var elements = old?.ToSizes() ?? [];
        int open = Array.FindIndex(elements, e => e.Same(Size.Of(-1)));
        return open >= 0 && open < wanted.Count && !wanted[open].IsConcrete ? open : wanted.FindIndex(size => !size.IsConcrete);
    }

    private static Size Rest(ShapeContext c, Size[] x, IEnumerable<Size> others)
    {
        var (total, known) = (Size.Product(x), Size.Product(others));
        if (total.IsKnown && known.IsKnown && !known.Divides(total)) c.Infeasible($"{total} elements do not fill rows of {known}");
        return total / known;
    }
}
