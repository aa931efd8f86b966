using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// A reshape falls into minimal blocks of input axes and output axes with the same number of elements. Axes of size 1 come and go
/// freely. Within a block, one output axis is the Product of the inputs; several are fresh variables whose Product is.
/// </summary>
internal static class ReshapeBlocks
{
    /// <summary>One block: input axes [InStart, InEnd) and output axes [OutStart, OutEnd) with equal products.</summary>
    internal readonly record struct Block(int InStart, int InEnd, int OutStart, int OutEnd);

    /// <summary>The minimal blocks, left to right, or null where the sizes do not decide them.</summary>
    public static IReadOnlyList<Block>? Find(IReadOnlyList<Size> from, IReadOnlyList<Size> to)
    {
        var blocks = new List<Block>();
        int i = 0, j = 0;
        while (i < from.Count || j < to.Count)
        {
            int inStart = i, outStart = j;
            Size left = Size.One, right = Size.One;
            while (!(left.Same(right) && i > inStart && j > outStart))
            {
                if (i < from.Count && (j == to.Count || left.AtMost(right))) left *= from[i++];
                else if (j < to.Count && (i == from.Count || right.AtMost(left))) right *= to[j++];
                else return null;
                if (!left.IsKnown || !right.IsKnown) return null;
                if (i == from.Count && j == to.Count) break;
            }
            if (!left.Same(right)) return null;
            blocks.Add(new Block(inStart, i, outStart, j));
        }
        return blocks;
    }

    public static IReadOnlyList<Term> Couple(CouplingContext context, IReadOnlyList<Term> layout, IReadOnlyList<Size> shape)
    {
        if (Find(layout.Select(context.SizeOf).ToList(), shape) is not { } blocks)
        {
            context.Pin(layout, "the sizes do not show which axes are merged or split");
            return shape.Select(s => context.Fixed(s, "the sizes do not show which axes are merged or split")).ToList();
        }
        var result = new List<Term>();
        foreach (var block in blocks.Where(b => b.OutEnd > b.OutStart))
        {
            var source = context.Product(layout.Skip(block.InStart).Take(block.InEnd - block.InStart));
            result.AddRange(Targets(context, source, shape.Skip(block.OutStart).Take(block.OutEnd - block.OutStart).ToList()));
        }
        return result;
    }

    // Each target, from the innermost axis outward, is a factor of the remaining term. This preserves sizes such as batch·heads, which vary and
    // could not be variables. If the factors do not nest, fresh variables express the couplings that are still known.
    private static List<Term> Targets(CouplingContext context, Term source, List<Size> sizes)
    {
        var targets = new Term[sizes.Count];
        var rest = source;
        for (int i = sizes.Count - 1; i > 0; i--)
        {
            if (context.Factor(rest, sizes[i]) is not var (outer, inner)) return Fresh(context, source, sizes);
            (rest, targets[i]) = (outer, inner);
        }
        targets[0] = rest;
        context.Unify(source, context.Product(targets));
        return [.. targets];
    }

    private static List<Term> Fresh(CouplingContext context, Term source, List<Size> sizes)
    {
        var targets = sizes.ConvertAll(context.Fresh);
        context.Unify(source, context.Product(targets));
        return targets;
    }
}
