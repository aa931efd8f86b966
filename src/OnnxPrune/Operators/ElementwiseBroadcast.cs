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
    }

    private bool Bit(ZeroContext c, int axis, int rank)
    {
        var bits = Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(i => c.Aligned(i, axis, rank)).ToList();
        return zero switch
        {
            ZeroWhen.Any => bits.Contains(true),
            ZeroWhen.All => bits.TrueForAll(b => b == true),
            ZeroWhen.First => bits[0] == true,
            ZeroWhen.Base => bits[0] == true && IsPositive(c.InputType(1).Content),
            ZeroWhen.AllButFirst => bits.Skip(1).All(b => b == true),
            _ => false,
        };
    }

    private static bool IsPositive(KnownTensor? content) =>
        content is not null && Enumerable.Range(0, content.Count).All(i => Enumerable.Range(0, Size.Count).All(v => content[i, v] > 0));
}
