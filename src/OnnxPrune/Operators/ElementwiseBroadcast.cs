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

    /// <summary>The first: a numerator.</summary>
    First,

    /// <summary>The first, if the second is a positive constant: a base and its exponent.</summary>
    Base,

    /// <summary>All but the first, which is a condition.</summary>
    AllButFirst,
}

/// <summary>y = f(a, b, …) with multidirectional broadcasting.</summary>
internal sealed class ElementwiseBroadcast(ZeroWhen zero, Func<double[], double>? evaluate = null, DataType? result = null) : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var inputs = Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).ToList();
        var type = result ?? c.Input(inputs[^1]).Type;
        var content = evaluate is null ? null : ContentArithmetic.Broadcast(type, inputs.ConvertAll(c.Content), evaluate);
        c.Output(0, type, Broadcasting.Of(inputs.ConvertAll(c.Shape)), content);
    }

    public override void Couple(CouplingContext c) =>
        c.Output(0, c.Broadcast(Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(c.Input).ToList()));

    public override bool KeepsMaskedValues(Node node, int slot) => zero is (ZeroWhen.First or ZeroWhen.Base) && slot > 0;

    public override void FlowZeros(ZeroContext c)
    {
        int rank = c.OutputLayout(0).Count;
        c.Output(0, Enumerable.Range(0, rank).Select(axis => Bit(c, axis, rank)));
        for (int axis = 0; axis < rank; axis++)
            c.Contract(c.OutputLayout(0)[axis], IsFinite(c, axis, rank), "is not finite where removed channels hold zeros");
    }

    // Zeroed channels that divide, or that a negative exponent turns into a divisor, spoil the masked model.
    private bool IsFinite(ZeroContext c, int axis, int rank) => zero switch
    {
        ZeroWhen.First => c.Aligned(1, axis, rank) != true,
        ZeroWhen.Base => c.Aligned(0, axis, rank) != true || IsAtLeast(c.InputType(1).Content, 0),
        _ => true,
    };

    private bool Bit(ZeroContext c, int axis, int rank)
    {
        var bits = Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(i => c.Aligned(i, axis, rank)).ToList();
        return zero switch
        {
            ZeroWhen.Any => bits.Contains(true),
            ZeroWhen.All => bits.TrueForAll(b => b == true),
            ZeroWhen.First => bits[0] == true,
            ZeroWhen.Base => bits[0] == true && IsAtLeast(c.InputType(1).Content, double.Epsilon),
            ZeroWhen.AllButFirst => bits.Skip(1).All(b => b == true),
            _ => false,
        };
    }

    private static bool IsAtLeast(KnownTensor? content, double least) =>
        content is not null && Enumerable.Range(0, content.Count).All(i => Enumerable.Range(0, Size.Count).All(v => content[i, v] >= least));
}
