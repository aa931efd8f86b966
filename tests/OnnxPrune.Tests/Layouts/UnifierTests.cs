using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

public class UnifierTests
{
    private readonly Algebra t = new();

    [Fact]
    public void Two_variables_become_one()
    {
        var (a, b) = (t.Leaf(5), t.Leaf(5));
        t.Unify(a, b);
        Assert.Equal("a5, a5", t.Show(a, b));
    }

    [Fact]
    public void A_variable_is_bound_to_a_term()
    {
        var (a, b, c) = (t.Leaf(6), t.Leaf(2), t.Leaf(3));
        t.Unify(a, t.Product(b, c));
        Assert.Equal("a2*b3", t.Show(a));
    }

    [Fact]
    public void A_fixed_side_pins_and_its_reason_stays()
    {
        var (a, b) = (t.Leaf(5), t.Leaf(5));
        t.Unify(a, t.Fixed(5, "given"));
        t.Unify(t.Fixed(5), b);
        Assert.Equal("5, 5", t.Show(a, b));
        Assert.Equal("given", t.WhyPinned(a));
    }

    [Fact]
    public void A_fixed_side_pins_composites_with_its_own_reason()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        t.Unify(t.Concat(a, b), t.Fixed(5, "given"));
        Assert.Equal("given", t.WhyPinned(a));
        Assert.Equal("given", t.WhyPinned(b));
    }

    [Fact]
    public void A_fixed_side_without_a_reason_pins_with_that_of_the_equation()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        t.Unify(t.Fixed(6), t.Product(a, b));
        Assert.Equal("the test says so (a size there is part of the arithmetic)", t.WhyPinned(a));
    }

    [Fact]
    public void A_variable_that_meets_a_fixed_side_without_a_reason_has_that_of_the_equation()
    {
        var (a, b) = (t.Leaf(6), t.Leaf(6));
        t.Unify(a, t.Fixed(6));
        t.Unify(t.Fixed(6), b);
        Assert.Equal("the test says so (a size there is part of the arithmetic)", t.WhyPinned(a));
        Assert.Equal("the test says so (a size there is part of the arithmetic)", t.WhyPinned(b));
    }

    [Fact]
    public void Different_sizes_pin_both_sides()
    {
        var (a, b) = (t.Leaf(5), t.Leaf(6));
        t.Unify(a, b);
        Assert.Equal("5, 6", t.Show(a, b));
        Assert.Equal("the test says so (the sizes differ)", t.WhyPinned(a));
    }

    [Fact]
    public void Concats_with_the_same_boundaries_unify_piece_by_piece()
    {
        var (a, b, c, d) = (t.Leaf(2), t.Leaf(3), t.Leaf(2), t.Leaf(3));
        t.Unify(t.Concat(a, b), t.Concat(c, d));
        Assert.Equal("a2, b3, a2, b3", t.Show(a, b, c, d));
    }

    [Fact]
    public void Concats_split_at_the_union_of_their_boundaries()
    {
        var (a, b, c, d) = (t.Leaf(2), t.Leaf(6), t.Leaf(5), t.Leaf(3));
        t.Unify(t.Concat(a, b), t.Concat(c, d));
        Assert.Equal("a2, b3+c3, a2+b3, c3", t.Show(a, b, c, d));
    }

    [Fact]
    public void A_fixed_piece_pins_only_what_it_covers()
    {
        var (a, b) = (t.Leaf(8), t.Leaf(5));
        t.Unify(a, t.Concat(t.Fixed(3, "given"), b));
        Assert.Equal("3+a5, a5", t.Show(a, b));
    }

    [Fact]
    public void A_rotation_of_itself_by_a_coprime_amount_pins()
    {
        var (a, b) = (t.Leaf(3), t.Leaf(5));
        t.Unify(t.Concat(a, b), t.Concat(b, a));
        Assert.Equal("3, 5", t.Show(a, b));
    }

    [Fact]
    public void A_rotation_by_half_couples_the_halves()
    {
        var (a, b) = (t.Leaf(4), t.Leaf(4));
        t.Unify(t.Concat(a, b), t.Concat(b, a));
        Assert.Equal("a4, a4", t.Show(a, b));
    }

    [Fact]
    public void A_variable_next_to_itself_repeats_its_half()
    {
        var (a, x) = (t.Leaf(4), t.Leaf(8));
        t.Unify(x, t.Concat(a, a));
        Assert.Equal("2*a4", t.Show(x));
    }

    [Fact]
    public void A_run_unifies_with_its_pieces()
    {
        var (a, b, c) = (t.Leaf(3), t.Leaf(3), t.Leaf(3));
        t.Unify(t.Product(t.Fixed(2), a), t.Concat(b, c));
        Assert.Equal("a3, a3, a3", t.Show(a, b, c));
    }

    [Fact]
    public void A_product_splits_its_outer_factor_at_multiples_of_the_inner()
    {
        var (g, i) = (t.Leaf(4), t.Leaf(3));
        var (head, tail) = t.Unifier.Split(t.Product(g, i), Size.Of(6), Algebra.Because);
        Assert.Equal("a2*b3, c2*b3, a2+c2", t.Show(head, tail, g));
    }

    [Fact]
    public void A_boundary_inside_a_block_pins_the_outer_factor_only()
    {
        var (g, i) = (t.Leaf(4), t.Leaf(3));
        var (head, tail) = t.Unifier.Split(t.Product(g, i), Size.Of(5), Algebra.Because);
        Assert.Equal("4, a2+1", t.Show(g, i));
        Assert.Equal("a boundary lies inside a block", t.WhyPinned(g));
        Assert.Equal(Size.Of(5), t.Arena.SizeOf(head));
        Assert.Equal(Size.Of(7), t.Arena.SizeOf(tail));
    }

    [Fact]
    public void The_pieces_of_a_block_split_within_keep_their_places()
    {
        var i = t.Leaf(5);
        var (head, tail) = t.Unifier.Split(t.Product(t.Fixed(3), i), Size.Of(7), Algebra.Because);
        Assert.Equal("a2+b3, a2+b3+a2, b3+a2+b3", t.Show(i, head, tail));
    }

    [Fact]
    public void Splitting_at_the_ends_gives_an_empty_piece()
    {
        var a = t.Leaf(5);
        var (none, all) = t.Unifier.Split(a, Size.Zero, Algebra.Because);
        Assert.Equal("0, a5", t.Show(none, all));
        (all, none) = t.Unifier.Split(a, Size.Of(5), Algebra.Because);
        Assert.Equal("a5, 0", t.Show(all, none));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    public void Splitting_behind_the_end_is_a_defect(long at) =>
        Assert.Throws<OnnxPruneException>(() => t.Unifier.Split(t.Leaf(5), Size.Of(at), Algebra.Because));

    [Fact]
    public void Splitting_what_is_fixed_keeps_its_reason()
    {
        var (head, tail) = t.Unifier.Split(t.Fixed(5, "given"), Size.Of(2), Algebra.Because);
        Assert.Equal("2, 3", t.Show(head, tail));
        Assert.Equal("given", t.WhyPinned(head));
        Assert.Equal("given", t.WhyPinned(tail));
    }

    [Fact]
    public void Products_refine_each_others_factors()
    {
        var (a, b, c, d) = (t.Leaf(4), t.Leaf(6), t.Leaf(2), t.Leaf(12));
        t.Unify(t.Product(a, b), t.Product(c, d));
        Assert.Equal("a2*b2, c6, a2, b2*c6", t.Show(a, b, c, d));
    }

    [Fact]
    public void Products_with_equal_factors_unify_factor_by_factor()
    {
        var (a, b, c, d) = (t.Leaf(4), t.Leaf(6), t.Leaf(4), t.Leaf(6));
        t.Unify(t.Product(a, b), t.Product(c, d));
        Assert.Equal("a4, b6, a4, b6", t.Show(a, b, c, d));
    }

    [Fact]
    public void Factors_that_do_not_nest_pin_both_products()
    {
        var (a, b, c, d) = (t.Leaf(4), t.Leaf(6), t.Leaf(6), t.Leaf(4));
        t.Unify(t.Product(a, b), t.Product(c, d));
        Assert.Equal("4, 6, 6, 4", t.Show(a, b, c, d));
        Assert.Equal("the test says so (the factors do not nest)", t.WhyPinned(a));
    }

    [Fact]
    public void A_shuffle_of_itself_couples_the_factors()
    {
        var (g, c) = (t.Leaf(2), t.Leaf(4));
        t.Unify(t.Product(g, c), t.Product(c, g));
        Assert.Equal("a2, a2*a2", t.Show(g, c));
    }

    [Fact]
    public void A_concat_has_a_factor_that_all_its_parts_have()
    {
        var (a, b, d) = (t.Leaf(4), t.Leaf(6), t.Leaf(2));
        t.Unify(t.Concat(a, b), t.Product(t.Leaf(5), d));
        Assert.Equal("a2*b2, c3*b2, b2", t.Show(a, b, d));
    }

    [Fact]
    public void Factoring_a_concat_unifies_the_inner_factors()
    {
        var (a, b) = (t.Leaf(4), t.Leaf(6));
        var (outer, inner) = t.Unifier.Factor(t.Concat(a, b), Size.Of(2), Algebra.Because)!.Value;
        Assert.Equal("a2+b3, c2, a2*c2, b3*c2", t.Show(outer, inner, a, b));
    }

    [Fact]
    public void A_concat_without_a_common_factor_has_none() =>
        Assert.Null(t.Unifier.Factor(t.Concat(t.Leaf(4), t.Leaf(6)), Size.Of(5), Algebra.Because));

    [Fact]
    public void Factoring_by_everything_or_by_one_leaves_a_unit()
    {
        var a = t.Leaf(6);
        var (outer, inner) = t.Unifier.Factor(a, Size.Of(6), Algebra.Because)!.Value;
        Assert.Equal("1, a6", t.Show(outer, inner));
        (outer, inner) = t.Unifier.Factor(a, Size.One, Algebra.Because)!.Value;
        Assert.Equal("a6, 1", t.Show(outer, inner));
    }

    [Fact]
    public void A_batch_that_varies_comes_out_of_a_product_by_itself()
    {
        var (h, d, heads) = (t.Leaf(4), t.Leaf(8), t.Fixed(Algebra.Batch * Size.Of(4)));
        t.Unify(t.Product(t.Fixed(Algebra.Batch), h, d), t.Product(heads, t.Leaf(8)));
        Assert.Equal("4, a8", t.Show(h, d));
    }

    [Fact]
    public void Sizes_that_vary_are_compared_at_every_deciding_valuation()
    {
        var (a, b) = (t.Leaf(5), t.Fixed(Algebra.Batch));
        t.Unify(a, b);
        Assert.Equal("5, 5|3|7", t.Show(a, b));
    }

    [Fact]
    public void A_boundary_that_moves_pins_what_it_would_cut()
    {
        var a = t.Leaf(8);
        t.Unify(t.Concat(t.Fixed(Algebra.Batch), a), t.Concat(a, t.Fixed(Algebra.Batch)));
        Assert.Equal("8", t.Show(a));
    }

    [Fact]
    public void A_boundary_that_moves_inside_one_piece_pins_it()
    {
        var a = t.Leaf(9);
        var rest = t.Fixed(Size.Of(9) - Algebra.Batch);
        t.Unify(a, t.Concat(t.Fixed(Algebra.Batch), rest));
        Assert.Equal("9", t.Show(a));
    }

    [Fact]
    public void A_variable_cut_into_too_many_pieces_is_pinned()
    {
        var a = t.Leaf(1000);
        var rest = a;
        for (int i = 1; i < Unifier.MostPieces; i++) (_, rest) = t.Unifier.Split(rest, Size.Of(2), Algebra.Because);
        Assert.Equal(Unifier.MostPieces, t.Substitution.Leaves(a).Count);
        (_, rest) = t.Unifier.Split(rest, Size.Of(2), Algebra.Because);
        Assert.Equal("too many pieces", t.WhyPinned(rest));
        Assert.Equal(Unifier.MostPieces - 1, t.Substitution.Leaves(a).Count);
    }

    [Fact]
    public void Ten_thousand_equal_terms_unify_without_deep_recursion()
    {
        var parts = Enumerable.Range(0, 10_000).Select(_ => t.Leaf(2)).ToArray();
        var others = Enumerable.Range(0, 10_000).Select(_ => t.Leaf(2)).ToArray();
        t.Unify(t.Concat(parts), t.Concat(others));
        Assert.Equal("a2, a2", t.Show(parts[9_999], others[9_999]));
    }
}
