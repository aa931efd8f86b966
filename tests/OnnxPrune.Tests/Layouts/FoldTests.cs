using OnnxPrune.Importance;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>Masks, sizes and sums are folds over the same terms.</summary>
public class FoldTests
{
    private readonly Algebra t = new();

    private KeepMasks Masks(params (Term Leaf, string Kept)[] kept) =>
        new(t.Substitution, kept.ToDictionary(k => k.Leaf, k => k.Kept.Select(c => c == '1').ToArray()));

    private static string Text(bool[] mask) => string.Concat(mask.Select(k => k ? '1' : '0'));

    [Fact]
    public void The_mask_of_a_concat_is_the_concatenation()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.Equal("10" + "11" + "011", Text(Masks((a, "10"), (b, "011")).Of(t.Concat(a, t.Fixed(2), b))));
    }

    [Fact]
    public void The_mask_of_a_product_is_the_outer_product()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.Equal("011" + "000", Text(Masks((a, "10"), (b, "011")).Of(t.Product(a, b))));
        Assert.Equal("10" + "10", Text(Masks((a, "10")).Of(t.Product(t.Fixed(2), a))));
    }

    [Fact]
    public void An_order_is_carried_into_concats_and_products()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        var orders = new AxisOrders(t.Substitution, new Dictionary<Term, int[]> { [a] = [1, 0], [b] = [2, 0, 1] });
        Assert.Equal([1, 0, 2, 3, 6, 4, 5], orders.Of(t.Concat(a, t.Fixed(2), b))!);
        Assert.Equal([5, 3, 4, 2, 0, 1], orders.Of(t.Product(a, b))!);
        Assert.Null(orders.Of(t.Product(t.Leaf(2), t.Fixed(3))));
    }

    [Fact]
    public void A_variable_without_a_mask_keeps_everything()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(2));
        var masks = Masks((a, "01"));
        Assert.Equal("11", Text(masks.Of(b)));
        Assert.True(masks.KeepsAll(b));
        Assert.False(masks.KeepsAll(t.Concat(a, b)));
    }

    [Fact]
    public void Masks_look_through_bindings()
    {
        var (a, b, c) = (t.Leaf(4), t.Leaf(2), t.Leaf(2));
        t.Unify(a, t.Concat(b, c));
        Assert.Equal("0111", Text(Masks((b, "01")).Of(a)));
    }

    [Fact]
    public void Sizes_that_vary_are_taken_at_the_asked_valuation()
    {
        var a = t.Leaf(2);
        var term = t.Product(t.Fixed(Algebra.Batch), a);
        var kept = new Dictionary<Term, bool[]> { [a] = [false, true] };
        Assert.Equal("0101010101", Text(new KeepMasks(t.Substitution, kept).Of(term)));
        Assert.Equal("010101", Text(new KeepMasks(t.Substitution, kept, valuation: 1).Of(term)));
    }

    [Fact]
    public void Kept_sizes_add_over_concats_and_multiply_over_products()
    {
        var (a, b) = (t.Leaf(8), t.Leaf(6));
        var sizes = new KeptSizes(t.Substitution, leaf => leaf == a ? 5 : null);
        Assert.Equal(Size.Of(5 + 6 + 2), sizes.Of(t.Concat(a, b, t.Fixed(2))));
        Assert.Equal(Size.Of(5 * 6), sizes.Of(t.Product(a, b)));
        Assert.Equal(Algebra.Batch * Size.Of(5), sizes.Of(t.Product(t.Fixed(Algebra.Batch), a)));
    }

    [Fact]
    public void A_variable_that_occurs_twice_in_a_product_counts_twice()
    {
        var a = t.Leaf(4);
        Assert.Equal(Size.Of(9), new KeptSizes(t.Substitution, _ => 3).Of(t.Product(a, a)));
    }

    [Fact]
    public void Kept_sizes_are_the_counts_of_the_masks()
    {
        foreach (var (solution, variable, masks) in RandomSolutions())
        {
            var term = solution.Term(variable);
            var sizes = new KeptSizes(solution.Substitution, leaf => masks.Of(leaf).Count(k => k));
            Assert.Equal(masks.Of(term).Count(k => k), sizes.Of(term).Value);
        }
    }

    /// <summary>Sums over a mask's indices, and the mask of sums: ⟨keep(x), w⟩ read either way, one variable at a time.</summary>
    [Fact]
    public void Variable_sums_are_the_transpose_of_keep_masks()
    {
        foreach (var (solution, variable, _) in RandomSolutions())
        {
            var term = solution.Substitution.Resolve(solution.Term(variable));
            double[] weights = [.. Enumerable.Range(1, (int)variable.Count).Select(i => (double)(i * i))];
            foreach (var leaf in solution.Substitution.Leaves(term))
            {
                var sums = new double[solution.Unifier.Arena.SizeOf(leaf).Value];
                VariableSums.Add(solution.Unifier.Arena, term, leaf, weights, sums);
                Assert.Equal(Naive(solution, term, leaf, weights), sums);
            }
        }
    }

    // How much is lost when index i of the variable leaves, where each occurrence of the variable counts by itself.
    private static double[] Naive(Solution solution, Term term, Term leaf, double[] weights)
    {
        var counts = Occurrences(solution.Unifier.Arena, term, leaf);
        var sums = new double[solution.Unifier.Arena.SizeOf(leaf).Value];
        for (int at = 0; at < weights.Length; at++) foreach (int index in counts[at]) sums[index] += weights[at];
        return sums;
    }

    private static List<int>[] Occurrences(TermArena arena, Term term, Term leaf)
    {
        int size = (int)arena.SizeOf(term).Value;
        if (term == leaf) return [.. Enumerable.Range(0, size).Select(i => new List<int> { i })];
        if (arena.Kind(term) == TermKind.Permuted)
        {
            var inside = Occurrences(arena, arena.Parts(term)[0], leaf);
            return [.. arena.Order(term).Select(i => inside[i])];
        }
        if (arena.Kind(term) == TermKind.Concat) return [.. arena.Parts(term).SelectMany(p => Occurrences(arena, p, leaf))];
        var all = Enumerable.Range(0, size).Select(_ => new List<int>()).ToArray();
        int inner = size;
        foreach (var factor in arena.Parts(term))
        {
            int count = (int)arena.SizeOf(factor).Value;
            inner /= count;
            var own = Occurrences(arena, factor, leaf);
            for (int at = 0; at < size; at++) all[at].AddRange(own[at / inner % count]);
        }
        return all;
    }

    private static IEnumerable<(Solution Solution, Formula.Variable Variable, KeepMasks Masks)> RandomSolutions()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var system = EquationSystem.Random(seed, nests: true, orders: seed % 2 == 1);
            var solution = Solution.Of(system.Equations);
            foreach (var variable in system.Variables) yield return (solution, variable, solution.RandomMasks(seed));
        }
    }
}
