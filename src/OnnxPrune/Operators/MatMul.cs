using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>MatMul: x[-1] = w[-2], y = batch… x[-2] w[-1]. A one-dimensional operand is a row or a column that disappears again.</summary>
internal class MatMul : Operator
{
    /// <summary>The slot of the right operand.</summary>
    protected virtual int Right => 1;

    public override void InferShapes(ShapeContext c)
    {
        var (x, w) = (c.Shape(0), c.Shape(Right));
        if (x.Length == 0 || w.Length == 0) c.Infeasible("an operand is a scalar");
        Size innerX = x[^1], innerW = w[w.Length == 1 ? 0 : ^2];
        if (innerX.IsKnown && innerW.IsKnown && !innerX.Same(innerW)) c.Infeasible($"the inner sizes {innerX} and {innerW} differ", innerX, innerW);
        var batch = Broadcasting.Of(x[..Math.Max(0, x.Length - 2)], w[..Math.Max(0, w.Length - 2)]);
        Size[] shape = [.. batch, .. x.Length > 1 ? [x[^2]] : Array.Empty<Size>(), .. w.Length > 1 ? [w[^1]] : Array.Empty<Size>()];
        c.Output(0, ResultType(c), shape);
    }

    public override void Couple(CouplingContext c)
    {
        var (x, w) = (c.Input(0), c.Input(Right));
        c.Unify(x[^1], w[w.Count == 1 ? 0 : ^2]);
        var batch = Batch(x).Count + Batch(w).Count == 0 ? [] : c.Broadcast(Batch(x), Batch(w));
        c.Output(0, [.. batch, .. x.Skip(Math.Max(0, x.Count - 2)).SkipLast(1), .. w.Count > 1 ? [w[^1]] : Array.Empty<Term>()]);
        if (x.Count > 2 && x.Count == w.Count && c.Node.Inputs[0]!.Initializer is null && c.Node.Inputs[Right]!.Initializer is null)
            StateHeads(c, x, w);
    }

    public override Signs SignsOf(SignContext c) =>
        QuantizationOf(c.Node, 0) is null ? SignRules.Product(c.Input(0), c.Input(Right)) : Signs.Any;

    public override void FlowZeros(ZeroContext c)
    {
        var (x, w) = (c.QuantizedInput(0), c.QuantizedInput(Right));
        c.Contract(c.Layout(0)[^1], x[^1] || w[w.Count == 1 ? 0 : ^2], "sums over features that are not zero");
        int batch = c.OutputLayout(0).Count - (x.Count > 1 ? 1 : 0) - (w.Count > 1 ? 1 : 0);
        var bits = Enumerable.Range(0, batch).Select(axis => BatchBit(x, axis - batch) || BatchBit(w, axis - batch)).ToList();
        if (x.Count > 1) bits.Add(x[^2]);
        if (w.Count > 1) bits.Add(w[^1]);
        State(c, bits);
    }

    public override LinearView? LinearOf(Node node) => new() { OutputsAxis = 1, InputsAxis = 0, ChannelAxis = -1 };

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Append(c.Input(0)[^1]));

    /// <summary>The element type of the result.</summary>
    protected virtual ElementType ResultType(ShapeContext c) => c.Input(0).Type;

    /// <summary>States where the result is zero.</summary>
    protected virtual void State(ZeroContext c, IEnumerable<bool> bits) => c.Output(0, bits);

    private static void StateHeads(CouplingContext c, IReadOnlyList<Term> x, IReadOnlyList<Term> w)
    {
        foreach (var (a, b) in Batch(x).Zip(Batch(w)))
        {
            if (c.SizeOf(a).Same(c.SizeOf(b)) || c.SizeOf(b).IsOne) c.Role(a, AxisRole.Head);
            else if (c.SizeOf(a).IsOne) c.Role(b, AxisRole.Head);
        }
        c.Role(x[^1], AxisRole.HeadFeature);
        c.Role(w[^1], AxisRole.HeadFeature);
    }

    private static List<Term> Batch(IReadOnlyList<Term> layout) => layout.SkipLast(2).ToList();

    // Batch axes are counted from the back, before the last two; a product is zero where either operand is.
    private static bool BatchBit(IReadOnlyList<bool> bits, int fromBatchEnd) =>
        bits.Count - 2 + fromBatchEnd is >= 0 and var axis && bits[axis];
}
