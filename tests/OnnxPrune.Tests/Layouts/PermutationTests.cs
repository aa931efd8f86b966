using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>Layouts whose indices are in another order, in normal form and where two of them meet.</summary>
public class PermutationTests
{
    private readonly Algebra t = new();

    [Fact]
    public void The_order_of_fixed_indices_and_an_order_that_changes_nothing_do_not_matter()
    {
        var a = t.Leaf(3);
        Assert.Equal("3, a3", t.Show(t.Permuted(t.Fixed(3), 2, 1, 0), t.Permuted(a, 0, 1, 2)));
    }

    [Fact]
    public void Two_orders_are_one()
    {
        var a = t.Leaf(3);
        Assert.Equal("a3", t.Show(t.Permuted(t.Permuted(a, 2, 0, 1), 1, 2, 0)));
    }

    [Fact]
    public void Parts_that_stay_whole_change_places()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.Equal("[2 1 0](a3)+b2", t.Show(t.Permuted(t.Concat(a, b), 4, 3, 2, 0, 1)));
        Assert.Equal("[0 2 1 3 4](a2+b3)", t.Show(t.Permuted(t.Concat(a, b), 0, 2, 1, 3, 4)));
    }

    [Fact]
    public void Factors_are_reordered_by_themselves()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.Equal("a2*[2 1 0](b3)", t.Show(t.Permuted(t.Product(a, b), 2, 1, 0, 5, 4, 3)));
        Assert.Equal("[1 0](a2)*b3", t.Show(t.Permuted(t.Product(a, b), 3, 4, 5, 0, 1, 2)));
    }

    [Fact]
    public void A_variable_in_another_order_is_bound()
    {
        var (a, b) = (t.Leaf(3), t.Leaf(3));
        t.Unify(t.Permuted(a, 1, 2, 0), b);
        Assert.Equal("a3, [1 2 0](a3)", t.Show(a, b));
        var (c, d, e) = (t.Leaf(3), t.Leaf(2), t.Leaf(1));
        t.Unify(t.Permuted(c, 1, 2, 0), t.Concat(d, e));
        Assert.Equal("1+a2", t.Show(c));
    }

    [Fact]
    public void A_variable_that_is_its_own_reverse_has_pairs()
    {
        var a = t.Leaf(6);
        t.Unify(a, t.Permuted(a, 5, 4, 3, 2, 1, 0));
        Assert.Equal("[0 2 4 5 3 1](a3*2)", t.Show(a));
    }

    [Fact]
    public void The_middle_of_an_odd_reverse_stays()
    {
        var a = t.Leaf(5);
        t.Unify(t.Permuted(a, 4, 3, 2, 1, 0), a);
        Assert.Equal("[0 2 4 3 1](a2*2+1)", t.Show(a));
    }

    [Fact]
    public void Cycles_of_one_length_are_one_variable()
    {
        var a = t.Leaf(10);
        t.Unify(a, t.Permuted(a, 1, 2, 0, 4, 5, 3, 7, 6, 9, 8));
        Assert.Equal("a2*3+b2*2", t.Show(a));
    }

    [Fact]
    public void An_order_of_blocks_is_an_order_of_factors()
    {
        var (a, b, c) = (t.Leaf(6), t.Leaf(3), t.Leaf(2));
        t.Unify(t.Permuted(a, 4, 5, 0, 1, 2, 3), t.Product(b, c));
        Assert.Equal("[1 2 0](a3)*b2", t.Show(a));
    }

    [Fact]
    public void A_transposition_exchanges_factors_where_nothing_else_fits()
    {
        var (a, b, c, d) = (t.Leaf(2), t.Leaf(3), t.Leaf(3), t.Leaf(2));
        t.Unify(t.Permuted(t.Product(a, b), 0, 3, 1, 4, 2, 5), t.Product(c, d));
        Assert.Equal("a2, b3, b3, a2", t.Show(a, b, c, d));
    }

    [Fact]
    public void An_order_that_does_not_nest_pins()
    {
        var (a, b, c, d) = (t.Leaf(2), t.Leaf(3), t.Leaf(3), t.Leaf(2));
        t.Unify(t.Permuted(t.Product(a, b), 0, 2, 1, 4, 3, 5), t.Product(c, d));
        Assert.Equal("2, 3, 3, 2", t.Show(a, b, c, d));
        Assert.Equal("the test says so (the orders of the indices do not nest)", t.WhyPinned(a));
    }

    [Fact]
    public void A_fixed_side_pins_the_indices_that_it_meets()
    {
        var (a, b) = (t.Leaf(6), t.Leaf(3));
        t.Unify(t.Permuted(t.Concat(t.Leaf(3), t.Fixed(3, "given")), 0, 3, 1, 4, 2, 5), t.Permuted(a, 5, 4, 3, 2, 1, 0));
        t.Unify(t.Concat(b, t.Fixed(3)), t.Permuted(t.Concat(t.Fixed(3), b), 1, 0, 2, 5, 4, 3));
        Assert.Single(t.Substitution.Leaves(a));
        Assert.Equal("3", t.Show(b));
    }

    [Fact]
    public void Splitting_takes_the_indices_in_their_order()
    {
        var a = t.Leaf(6);
        var (head, tail) = t.Unifier.Split(t.Permuted(a, 5, 0, 4, 1, 3, 2), Size.Of(2), Algebra.Because);
        Assert.Equal("a2, b4, [1 3 5 4 2 0](a2+b4)", t.Show(head, tail, a));
    }

    [Fact]
    public void Splitting_takes_indices_of_several_variables()
    {
        var (a, b) = (t.Leaf(4), t.Leaf(4));
        var (head, tail) = t.Unifier.Split(t.Permuted(t.Concat(a, b), 0, 4, 1, 5, 2, 6, 3, 7), Size.Of(4), Algebra.Because);
        Assert.Equal("[0 2 1 3](a2+b2), [0 2 1 3](c2+d2), a2+c2, b2+d2", t.Show(head, tail, a, b));
    }

    [Fact]
    public void Many_thousand_indices_take_no_time()
    {
        var (a, b) = (t.Leaf(20000), t.Leaf(20000));
        int[] reverse = [.. Enumerable.Range(0, 20000).Reverse()];
        t.Unify(a, t.Permuted(b, reverse));
        t.Unify(a, b);
        Assert.Equal(10000, t.Arena.SizeOf(t.Substitution.Leaves(a)[0]).Value);
    }
}
