using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Range: numbers from start to limit; their count is never pruned.</summary>
internal sealed class RangeOf : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(0) is not { IsComplete: true } start || c.Content(1) is not { IsComplete: true } limit || c.Content(2) is not { IsComplete: true } step)
        {
            c.Output([Size.Unknown]);
            return;
        }
        Span<long> counts = stackalloc long[Size.Stored];
        for (int v = 0; v < counts.Length; v++) counts[v] = Math.Max(0, (long)Math.Ceiling((limit[0, v] - start[0, v]) / step[0, v]));
        var count = new Size(counts);
        bool small = count.IsConcrete && count.Value <= KnownTensor.LargestCount;
        c.Output([count], small ? KnownTensor.Of(start.Type, [count.Value], (i, v) => start[0, v] + (i * step[0, v])) : null);
    }

    public override bool IsShapeOperand(Node node, int slot) => true;

    public override void Couple(CouplingContext c) => c.Output(0, c.OutputShape(0).Select(s => c.Fixed(s, "a range of numbers")).ToList());
}
