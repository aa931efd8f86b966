using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>Which operands must be zero for the result to be.</summary>
internal enum ZeroWhen
{
    /// <summary>Nothing is known.</summary>
    Never,

    /// <summary>Any operand: a product.</summary>
    Any,

    /// <summary>All operands: a sum.</summary>
    All,

    /// <summary>The first: what a slope multiplies.</summary>
    First,

    /// <summary>The first, divided by the second, which must not be zero.</summary>
    Numerator,

    /// <summary>The first, raised to the second, if that is known to be positive.</summary>
    Base,

    /// <summary>All but the first, which is a condition.</summary>
    AllButFirst,
}

/// <summary>y = f(a, b, …) with multidirectional broadcasting.</summary>
/// <param name="zero">Which operands must be zero for y to be.</param>
/// <param name="evaluate">f, for shape arithmetic; null where it does not occur there.</param>
/// <param name="result">The element type of y; null for that of the operands.</param>
/// <param name="operands">The least number of operands.</param>
/// <param name="function">What f is, if calibration and recovery reason about it.</param>
/// <param name="jump">How f jumps.</param>
/// <param name="signs">The signs of y; null where nothing is known.</param>
internal sealed class ElementwiseBroadcast(
    ZeroWhen zero,
    Func<double[], double>? evaluate = null,
    ElementType? result = null,
    int operands = 2,
    ElementFunction function = ElementFunction.Other,
    Jump jump = Jump.None,
    Func<SignContext, Signs>? signs = null) : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var inputs = Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).ToList();
        if (!Enumerable.Range(0, operands).All(c.Has)) c.Infeasible("it lacks an operand");
        var type = result ?? c.Input(zero == ZeroWhen.Base ? 0 : inputs[^1]).Type;
        var content = evaluate is null ? null : ContentArithmetic.Broadcast(type, inputs.ConvertAll(c.Content), evaluate);
        c.Output(0, type, Broadcasting.Of(inputs.ConvertAll(i => (Size[])c.Shape(i))), content);
    }

    public override void Couple(CouplingContext c) =>
        c.Output(0, c.Broadcast(Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(i => (IReadOnlyList<Term>)c.Input(i)).ToList()));

    public override bool KeepsMaskedValues(Node node, int slot) => zero is ZeroWhen.First or ZeroWhen.Numerator or ZeroWhen.Base && slot > 0;

    public override ElementFunction FunctionOf(Node node) => function;

    public override Jump JumpOf(Node node) => jump;

    public override Signs SignsOf(SignContext context) => signs?.Invoke(context) ?? Signs.Any;

    public override void FlowZeros(ZeroContext c)
    {
        int rank = c.OutputLayout(0).Count;
        if (zero == ZeroWhen.Numerator) Divide(c, rank);
        if (zero == ZeroWhen.Base && !HasPositiveExponent(c)) c.ForbidZeros(0, c.Input(0));
        c.Output(0, Enumerable.Range(0, rank).Select(axis => Bit(c, axis, rank)));
    }

    // A channel that is divided by its own norm, one number for many elements, is zero divided by zero when it is removed. That concerns no other
    // channel. A quotient of elements is a function that is not finite at zero.
    private static void Divide(ZeroContext c, int rank)
    {
        var divisor = c.Input(1);
        bool isNorm = c.Node.OpType == "Div" && (divisor.Count < rank || c.Layout(1).Any(axis => c.SizeOf(axis).IsOne));
        bool[] own = [.. Enumerable.Range(rank - divisor.Count, divisor.Count).Select(axis => isNorm && c.Aligned(0, axis, rank) == true)];
        c.ForbidZeros(1, divisor.Select((bit, axis) => bit && !own[axis]));
        for (int axis = 0; axis < own.Length; axis++) if (divisor[axis] && own[axis]) c.SkipRemoved(c.Layout(1)[axis]);
    }

    private static bool HasPositiveExponent(ZeroContext c) =>
        c.InputType(1).Content is { } exponent && Enumerable.Range(0, exponent.Count).All(i => exponent[i, 0] > 0);

    // An operand that is broadcast is zero at the removed indices if it is zero everywhere; null where that is not known.
    private static bool? IsZero(ZeroContext c, int input) => c.SignsOf(input) == Signs.Zero ? true : null;

    private bool Bit(ZeroContext c, int axis, int rank)
    {
        var bits = Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(i => c.Aligned(i, axis, rank) ?? IsZero(c, i)).ToList();
        return zero switch
        {
            ZeroWhen.Any => bits.Contains(true),
            ZeroWhen.All => bits.TrueForAll(b => b == true),
            ZeroWhen.First or ZeroWhen.Numerator => bits[0] == true,
            ZeroWhen.Base => bits[0] == true && HasPositiveExponent(c),
            ZeroWhen.AllButFirst => bits.Skip(1).All(b => b == true),
            _ => false,
        };
    }
}
