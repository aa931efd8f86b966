using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>y = f(x), element by element; further inputs are parameters of f.</summary>
/// <param name="keepsZero">True when f(0) = 0.</param>
/// <param name="evaluate">f, for shape arithmetic; null where it does not occur there.</param>
/// <param name="result">The element type of y; null for that of x.</param>
/// <param name="pole">True when f(0) is not finite.</param>
/// <param name="function">What f is, if calibration and recovery reason about it.</param>
/// <param name="jump">How f jumps.</param>
/// <param name="signs">The signs of y; null where nothing is known.</param>
internal sealed class ElementwiseUnary(
    bool keepsZero,
    Func<double, double>? evaluate = null,
    ElementType? result = null,
    bool pole = false,
    ElementFunction function = ElementFunction.Other,
    Jump jump = Jump.None,
    Func<SignContext, Signs>? signs = null) : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public static readonly ElementwiseUnary ZeroToZero = new(keepsZero: true, signs: SignRules.Same);
    public static readonly ElementwiseUnary ZeroToOther = new(keepsZero: false);
    public static readonly ElementwiseUnary ToPositive = new(keepsZero: false, signs: SignRules.NotNegative);
    public static readonly ElementwiseUnary ZeroToInfinity = new(keepsZero: false, pole: true);

    public override void InferShapes(ShapeContext c)
    {
        var content = evaluate is null ? null : ContentArithmetic.Unary(c.Content(0), evaluate);
        c.Output(0, result ?? c.Input(0).Type, c.Shape(0), content);
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override bool KeepsMaskedValues(Node node, int slot) => !keepsZero && slot == 0;

    public override ElementFunction FunctionOf(Node node) => function;

    public override Jump JumpOf(Node node) => jump;

    public override bool Saturates(Node node) => true;

    public override Signs SignsOf(SignContext context) => signs?.Invoke(context) ?? Signs.Any;

    public override void FlowZeros(ZeroContext c)
    {
        if (keepsZero) c.Output(0, c.Input(0));
        if (pole) c.ForbidZeros(0, c.Input(0));
    }
}
