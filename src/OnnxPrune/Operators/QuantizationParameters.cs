using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Scales and zero points: one for a whole tensor, one per index of an axis, or of an axis and the leading axes, or one per
/// block of indices.</summary>
internal static class QuantizationParameters
{
    /// <summary>Couples the scales and zero points of a tensor with its axes.</summary>
    /// <param name="c">The node.</param>
    /// <param name="layout">The layout of the tensor that they belong to.</param>
    /// <param name="quantization">Where they stand.</param>
    public static void Couple(CouplingContext c, IReadOnlyList<Term> layout, Quantization quantization)
    {
        foreach (int slot in quantization.Scales.Concat(quantization.ZeroPoint is { } zero ? [zero] : []).Where(c.Has))
        {
            var parameter = c.Input(slot);
            if (parameter.All(term => c.SizeOf(term).IsOne)) continue;
            int axis = ShapeContext.Axis(quantization.Axis, layout.Count);
            if (quantization.Block > 0) CoupleBlocks(c, layout, parameter, axis, quantization.Block);
            else if (parameter.Count == 1) c.Unify(parameter[0], layout[axis]);
            else if (parameter.Count <= axis) CoupleLeading(c, layout, parameter, axis);
            else throw new InfeasibleShapeException($"{c.Node.Label}: scales or zero points of rank {parameter.Count}");
        }
    }

    // The last axis of the parameters runs along the axis, the others along the leading axes.
    private static void CoupleLeading(CouplingContext c, IReadOnlyList<Term> layout, IReadOnlyList<Term> parameter, int axis)
    {
        for (int i = 0; i < parameter.Count - 1; i++) c.Unify(parameter[i], layout[i]);
        c.Unify(parameter[^1], layout[axis]);
    }

    // Whole blocks can leave, where the axis consists of them.
    private static void CoupleBlocks(CouplingContext c, IReadOnlyList<Term> layout, IReadOnlyList<Term> parameter, int axis, long block)
    {
        if (parameter.Count != layout.Count)
            throw new InfeasibleShapeException($"{c.Node.Label}: scales of rank {parameter.Count} for a tensor of rank {layout.Count}");
        for (int i = 0; i < layout.Count; i++)
        {
            if (i != axis) c.Unify(parameter[i], layout[i]);
            else if ((c.SizeOf(parameter[i]) * Size.Of(block)).Same(c.SizeOf(layout[i])))
                c.Unify(c.Product(parameter[i], c.Fixed(Size.Of(block), "a block shares a scale")), layout[i]);
            else c.Pin([parameter[i], layout[i]], "its last block is shorter than the others");
        }
    }
}
