using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Squeeze: axes of size 1 leave; axes are an attribute before opset 13, an input since; without them, all of size 1.</summary>
internal sealed class Squeeze : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (Removed(c.Node, c.Has(1), c.Constants(1), x) is not { } removed) return;
        foreach (int axis in removed.Where(axis => x[axis].IsKnown && !x[axis].Same(Size.One))) c.Infeasible($"axis {axis} of {x[axis]} elements leaves", x[axis], Size.One);
        var kept = x.Where((_, i) => !removed.Contains(i)).ToArray();
        c.Output(kept, ContentArithmetic.Reshape(c.Content(0), kept));
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    public override void Couple(CouplingContext c)
    {
        var x = c.InputType(0).Shape!;
        var removed = Removed(c.Node, c.Has(1), c.Constants(1), x)!;
        bool named = c.Has(1) || c.Node.Ints("axes") is not null;
        if (!named && x.Any(size => !size.IsConcrete)) c.Pin(c.Input(0), "squeezed without axes: a varying size of 1 would leave, too");
        c.Output(0, c.Input(0).Where((_, i) => !removed.Contains(i)).ToList());
    }

    public override void FlowZeros(ZeroContext c)
    {
        var removed = Removed(c.Node, c.Has(1), c.InputType(1).Content?.ToConstants(), c.InputType(0).Shape!)!;
        c.Output(0, c.Input(0).Where((_, i) => !removed.Contains(i)));
    }

    // Without axes, a channel axis that is left with one channel would leave, too: it gets the axes that leave now. That says the same
    // only where no size varies, for a batch of 1 leaves as well; so Couple has pinned everything else.
    public override void Adjust(AdjustContext c)
    {
        if (c.OutputsFit()) return;
        var removed = Removed(c.Node, c.Has(1), c.OldInput(1).Content?.ToConstants(), c.OldInput(0).Shape!)!.Order().ToList();
        if (c.Has(1) || c.Node.Opset >= 13) c.SetOperand(1, removed.ConvertAll(axis => Size.Of(axis)));
        else c.SetAttribute("axes", removed.ConvertAll(axis => (long)axis));
    }

    private static HashSet<int>? Removed(Node node, bool hasInput, long[]? input, Size[] x)
    {
        if (hasInput && input is null) return null;
        if ((hasInput ? input : node.Ints("axes")) is { } axes) return [.. axes.Select(a => ShapeContext.Axis(a, x.Length))];
        return x.All(s => s.IsKnown) ? [.. Enumerable.Range(0, x.Length).Where(i => x[i].IsOne)] : null;
    }
}
