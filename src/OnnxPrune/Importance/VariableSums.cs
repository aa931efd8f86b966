using OnnxPrune.Layouts;

namespace OnnxPrune.Importance;

/// <summary>Folds one number per index of a layout onto the indices of a variable in it: the transpose of the keep-mask.</summary>
internal static class VariableSums
{
    /// <summary>
    /// Adds to <paramref name="target"/> the <paramref name="values"/> of all indices that belong to each index of <paramref name="variable"/>.
    /// </summary>
    public static void Add(TermArena arena, Term layout, Term variable, ReadOnlySpan<double> values, Span<double> target)
    {
        switch (arena.Kind(layout))
        {
            case TermKind.Leaf when layout == variable:
                for (int i = 0; i < target.Length; i++) target[i] += values[i];
                break;
            case TermKind.Concat:
                foreach (var part in arena.Parts(layout))
                {
                    int size = (int)arena.SizeOf(part).Value;
                    Add(arena, part, variable, values[..size], target);
                    values = values[size..];
                }
                break;
            case TermKind.Permuted:
                var moved = new double[values.Length];
                for (int i = 0; i < moved.Length; i++) moved[arena.Order(layout)[i]] = values[i];
                Add(arena, arena.Parts(layout)[0], variable, moved, target);
                break;
            case TermKind.Product:
                AddFactors(arena, layout, variable, values, target);
                break;
        }
    }

    private static void AddFactors(TermArena arena, Term product, Term variable, ReadOnlySpan<double> values, Span<double> target)
    {
        int inner = values.Length;
        foreach (var factor in arena.Parts(product))
        {
            int size = (int)arena.SizeOf(factor).Value;
            inner /= size;
            if (!Contains(arena, factor, variable)) continue;
            var sums = new double[size];
            for (int i = 0; i < values.Length; i++) sums[i / inner % size] += values[i];
            Add(arena, factor, variable, sums, target);
        }
    }

    private static bool Contains(TermArena arena, Term term, Term variable) =>
        term == variable || arena.Parts(term).Any(part => Contains(arena, part, variable));
}
