using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.DynamicQuantizeLSTM: an LSTM whose weights are transposed and quantised, with a scale for each direction, or for each direction and
/// gate. The input and the state of each step are quantised with scales that follow from all their elements and from zero.
/// </summary>
internal sealed class DynamicQuantizeLstm() : Recurrent(gates: 4)
{
    private const int WeightScale = 8, RecurrenceScale = 10;

    private static readonly Notation Coupling = Notation.Parse(
        ". b i, . i G*h, . h G*h, . B*h?, b?, . b h?, . b h?, . P*h? -> . . b h, . b h, . b h");

    public override void InferShapes(ShapeContext c)
    {
        var (x, r) = (c.Shape(0), c.Shape(2));
        if (x.Length != 3 || r.Length != 3) c.Infeasible($"input of rank {x.Length}, recurrence of rank {r.Length}");
        States(c, r[0], r[1], isBatchFirst: false);
    }

    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        1 => Operand(node, WeightScale),
        2 => Operand(node, RecurrenceScale),
        _ => null,
    };

    public override bool IsScale(Node node, int slot) => slot is WeightScale or RecurrenceScale;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override Jump JumpOf(Node node) => Jump.Quantization;

    public override void Couple(CouplingContext c)
    {
        long hidden = c.InputType(2).Shape![1].Value;
        var names = c.Rule(Coupling, ("G", 4), ("B", 8), ("P", 3), ("h", hidden));
        c.Record("h", names["h"]);
        foreach (int slot in (int[])[1, 2]) QuantizationParameters.Couple(c, c.Input(slot), QuantizationOf(c.Node, slot)!);
    }

    public override void FlowZeros(ZeroContext c)
    {
        foreach (var (axis, isZero) in c.Layout(0).Zip(c.Input(0))) c.Contract(axis, isZero, "its scale is that of the whole input");
        bool weights = c.QuantizedInput(1)[2] && c.QuantizedInput(2)[1] && c.QuantizedInput(2)[2] && (!c.Has(3) || c.Input(3)[1]);
        bool zero = weights && KeepsZeros(c);
        c.Contract(c.Layout(2)[1], zero, "its scale is that of the whole state");
        StateZeros(c, zero);
    }

    private static Quantization Operand(Node node, int scale)
    {
        bool perDirection = scale < node.Inputs.Length && node.Inputs[scale]?.Initializer is { Dims.Count: < 2 };
        return new([scale], scale + 1, perDirection ? 0 : -1);
    }
}
