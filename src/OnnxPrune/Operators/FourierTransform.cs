using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// DFT and STFT (opset 17, DFT with its axis as an input since opset 20): every output depends on the whole transformed axis, so that all axes keep
/// their channels, but what follows has a shape. The last axis of the output holds real and imaginary parts.
/// </summary>
internal sealed class FourierTransform() : Pinned("transforms an axis")
{
    public override bool IsShapeOperand(Node node, int slot) => slot == 1 || (node.OpType == "DFT" ? slot == 2 : slot == 3);

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (c.Node.OpType == "STFT") ShortTime(c, x);
        else Whole(c, x);
    }

    private static void Whole(ShapeContext c, Axes<Size> x)
    {
        if (x.Length < 2) throw new InfeasibleShapeException($"{c.Node.Label}: its input needs an axis for real and imaginary parts");
        long? named = c.Has(2) ? (c.Constants(2) is [var only] ? only : null) : c.Node.Int("axis", c.Node.Opset >= 20 ? -2 : 1);
        if (named is not { } axis) return;
        var size = c.Has(1) ? Scalar(c, 1) : x[ShapeContext.Axis(axis, x.Length)];
        bool isInverse = c.Node.Int("inverse", 0) != 0, isHalf = c.Node.Int("onesided", 0) != 0;
        Size[] output = [.. x];
        output[ShapeContext.Axis(axis, x.Length)] = isHalf && !isInverse ? Half(size) : size;
        output[^1] = isHalf && isInverse ? Size.One : Size.Of(2);
        c.Output(output);
    }

    private static void ShortTime(ShapeContext c, Axes<Size> x)
    {
        var frame = c.Has(3) ? Scalar(c, 3) : c.Has(2) ? c.Shape(2)[0] : Size.Unknown;
        var (step, signal) = (Scalar(c, 1), x[1]);
        if (frame.IsKnown && signal.IsKnown && Enumerable.Range(0, Size.Count).Any(v => frame[v] > signal[v]))
            throw new InfeasibleShapeException($"{c.Node.Label}: frames of {frame} in a signal of {signal}");
        var bins = c.Node.Int("onesided", 1) != 0 ? Half(frame) : frame;
        c.Output([x[0], ((signal - frame) / step) + Size.One, bins, Size.Of(2)]);
    }

    private static Size Scalar(ShapeContext c, int slot) => c.Content(slot)?.ToSizes() is [var size] ? size : Size.Unknown;

    private static Size Half(Size size) => (size / Size.Of(2)) + Size.One;
}
