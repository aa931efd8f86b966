using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// ReverseSequence: the first indices of the time axis are reversed, as many as a sequence of the batch has. An axis that every sequence reverses whole
/// is in reverse order; elsewhere it is pinned.
/// </summary>
internal sealed class ReverseSequence : Operator
{
    private const int Lengths = 1;

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        var layout = c.Input(0).ToList();
        var (time, batch) = (Time(c.Node, layout.Count), Batch(c.Node, layout.Count));
        if (c.Has(Lengths)) c.Unify(layout[batch], c.Input(Lengths)[0]);
        if (IsWhole(c.InputType(Lengths), c.SizeOf(layout[time])) && !c.IsFixed(layout[time])) layout[time] = c.Reversed(layout[time]);
        else c.Pin(layout[time], "reverses part of an axis");
        c.Output(0, layout);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    public override void Adjust(AdjustContext c)
    {
        var (time, batch) = (Time(c.Node, c.KeptInput(0).Count), Batch(c.Node, c.KeptInput(0).Count));
        if (c.InputMask(0, time) is null) return;
        c.SetOperand(Lengths, [.. Enumerable.Repeat(c.KeptInput(0)[time], (int)c.KeptInput(0)[batch].Value)]);
    }

    private static int Time(Node node, int rank) => ShapeContext.Axis(node.Int("time_axis", 0), rank);

    private static int Batch(Node node, int rank) => ShapeContext.Axis(node.Int("batch_axis", 1), rank);

    private static bool IsWhole(TensorType lengths, Size size) =>
        size.IsConcrete && lengths.Shape is [{ IsConcrete: true }] && lengths.Content?.ToConstants() is { } counts && counts.All(n => n == size.Value);
}
