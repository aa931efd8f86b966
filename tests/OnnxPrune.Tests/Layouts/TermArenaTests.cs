using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

public class TermArenaTests
{
    private readonly Algebra t = new();

    [Fact]
    public void Size_one_is_never_a_variable()
    {
        Assert.Equal("1", t.Show(t.Leaf(1)));
        Assert.Empty(t.Substitution.Leaves(t.Leaf(1)));
    }

    [Fact]
    public void A_size_that_varies_is_never_a_variable()
    {
        var term = t.Arena.Leaf(Algebra.Batch);
        Assert.Equal(TermKind.Fixed, t.Arena.Kind(term));
        Assert.Equal("the size varies with a symbolic dimension", t.WhyPinned(term));
    }

    [Fact]
    public void An_unknown_size_is_never_a_variable()
    {
        var term = t.Arena.Leaf(Size.Unknown);
        Assert.Equal(TermKind.Fixed, t.Arena.Kind(term));
        Assert.Equal("the size is unknown", t.WhyPinned(term));
    }

    [Fact]
    public void Concat_is_flat() => Assert.Equal("a2+b3+c4", t.Show(t.Concat(t.Leaf(2), t.Concat(t.Leaf(3), t.Leaf(4)))));

    [Fact]
    public void Concat_of_nothing_is_empty() => Assert.Equal(Size.Zero, t.Arena.SizeOf(t.Concat()));

    [Fact]
    public void Concat_of_one_is_that_one()
    {
        var a = t.Leaf(5);
        Assert.Equal(a, t.Concat(a));
    }

    [Fact]
    public void Concat_drops_empty_parts()
    {
        var a = t.Leaf(5);
        Assert.Equal(a, t.Concat(t.Fixed(0), a, t.Concat()));
    }

    [Fact]
    public void Adjacent_fixed_parts_merge_and_the_first_reason_stays()
    {
        var term = t.Concat(t.Fixed(2), t.Fixed(3, "first"), t.Fixed(4, "second"));
        Assert.Equal("9", t.Show(term));
        Assert.Equal("first", t.WhyPinned(term));
    }

    [Fact]
    public void Fixed_parts_that_are_not_adjacent_stay_apart() => Assert.Equal("2+a3+4", t.Show(t.Concat(t.Fixed(2), t.Leaf(3), t.Fixed(4))));

    [Fact]
    public void Equal_neighbours_become_a_run()
    {
        var a = t.Leaf(3);
        Assert.Equal("2*a3", t.Show(t.Concat(a, a)));
        Assert.Equal("3*a3", t.Show(t.Concat(a, a, a)));
        Assert.Equal("5*a3", t.Show(t.Concat(t.Product(t.Fixed(2), a), t.Product(t.Fixed(3), a))));
    }

    [Fact]
    public void Different_neighbours_of_one_size_do_not() => Assert.Equal("a3+b3", t.Show(t.Concat(t.Leaf(3), t.Leaf(3))));

    [Fact]
    public void A_run_that_varies_adds_up()
    {
        var a = t.Leaf(3);
        Assert.Equal("6|4|8*a3", t.Show(t.Concat(t.Product(t.Fixed(Algebra.Batch), a), a)));
    }

    [Fact]
    public void Product_is_flat() => Assert.Equal("a2*b3*c4", t.Show(t.Product(t.Leaf(2), t.Product(t.Leaf(3), t.Leaf(4)))));

    [Fact]
    public void Product_of_nothing_is_one() => Assert.Equal(Size.One, t.Arena.SizeOf(t.Product()));

    [Fact]
    public void Product_drops_factors_of_size_one()
    {
        var a = t.Leaf(5);
        Assert.Equal(a, t.Product(t.Fixed(1), a, t.Leaf(1)));
    }

    [Fact]
    public void Adjacent_fixed_factors_merge_and_the_first_reason_stays()
    {
        var term = t.Product(t.Fixed(2), t.Fixed(3, "first"), t.Leaf(5));
        Assert.Equal("6*a5", t.Show(term));
        Assert.Equal("first", t.WhyPinned(t.Arena.Parts(term)[0]));
    }

    [Fact]
    public void An_outermost_concat_is_distributed() => Assert.Equal("a2*c5+b3*c5", Show(t.Leaf(2), t.Leaf(3), t.Leaf(5)));

    private string Show(Term a, Term b, Term c) => TermText.Print(t.Substitution, a, b, t.Product(t.Concat(a, b), c)).Split(", ")[2];

    [Fact]
    public void An_inner_concat_stays() => Assert.Equal("a2*(b3+c4)", t.Show(t.Product(t.Leaf(2), t.Concat(t.Leaf(3), t.Leaf(4)))));

    [Fact]
    public void Sizes_add_and_multiply_at_every_valuation()
    {
        var term = t.Product(t.Fixed(Algebra.Batch), t.Concat(t.Leaf(2), t.Fixed(Algebra.Batch)));
        Assert.Equal(new Size([35, 15, 63, 3]), t.Arena.SizeOf(term));
    }

    [Fact]
    public void Same_compares_structure()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.True(t.Arena.Same(t.Concat(a, b), t.Concat(a, b)));
        Assert.True(t.Arena.Same(t.Fixed(3, "x"), t.Fixed(3, "y")));
        Assert.False(t.Arena.Same(t.Concat(a, b), t.Concat(b, a)));
        Assert.False(t.Arena.Same(a, t.Leaf(2)));
        Assert.False(t.Arena.Same(t.Fixed(2), t.Fixed(3)));
        Assert.False(t.Arena.Same(t.Product(a, b), t.Concat(t.Product(a, b), b)));
    }
}
