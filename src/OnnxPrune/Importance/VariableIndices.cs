using OnnxPrune.Layouts;

namespace OnnxPrune.Importance;

/// <summary>Which index of a variable each index of a layout belongs to.</summary>
internal static class VariableIndices
{
    /// <summary>One number per index of the layout: the variable's index, or -1 where the variable does not occur.</summary>
    /// <param name="substitution">The solved layouts.</param>
    /// <param name="layout">The layout, of a concrete size.</param>
    /// <param name="variable">The variable; where it occurs twice in a product, the outermost occurrence counts.</param>
    public static int[] Of(Substitution substitution, Term layout, Term variable) => Of(substitution.Arena, substitution.Resolve(layout), variable);

    private static int[] Of(TermArena arena, Term layout, Term variable)
    {
        int size = (int)arena.SizeOf(layout).Value;
        if (layout == variable) return [.. Enumerable.Range(0, size)];
        return arena.Kind(layout) switch
        {
            TermKind.Concat => [.. arena.Parts(layout).SelectMany(part => Of(arena, part, variable))],
            TermKind.Permuted => IndexOrder.Take(Of(arena, arena.Parts(layout)[0], variable), arena.Order(layout)),
            TermKind.Product => OfProduct(arena, layout, size, variable),
            _ => [.. Enumerable.Repeat(-1, size)],
        };
    }

    private static int[] OfProduct(TermArena arena, Term product, int size, Term variable)
    {
        int inner = size;
        foreach (var factor in arena.Parts(product))
        {
            int own = (int)arena.SizeOf(factor).Value;
            inner /= own;
            int[] indices = Of(arena, factor, variable);
            if (Array.Exists(indices, i => i >= 0)) return [.. Enumerable.Range(0, size).Select(i => indices[i / inner % own])];
        }
        return [.. Enumerable.Repeat(-1, size)];
    }
}
