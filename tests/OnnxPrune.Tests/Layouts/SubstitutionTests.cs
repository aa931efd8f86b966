using OnnxPrune.Diagnostics;

namespace OnnxPrune.Layouts;

public class SubstitutionTests
{
    private readonly Algebra t = new();

    [Fact]
    public void Resolving_replaces_bound_variables_at_any_depth()
    {
        var (a, b, c) = (t.Leaf(6), t.Leaf(2), t.Leaf(3));
        var term = t.Concat(t.Product(t.Fixed(2), a), b);
        t.Substitution.Bind(a, t.Product(b, c));
        Assert.Equal("2*a2*b3+a2", t.Show(term));
    }

    [Fact]
    public void Resolving_restores_the_normal_form()
    {
        var (a, b) = (t.Leaf(4), t.Leaf(4));
        var term = t.Concat(a, b);
        t.Substitution.Bind(b, a);
        Assert.Equal("2*a4", t.Show(term));
        t.Substitution.Pin(a, Algebra.Because);
        Assert.Equal("8", t.Show(term));
    }

    [Fact]
    public void A_term_resolved_early_sees_later_bindings()
    {
        var (a, b, c) = (t.Leaf(6), t.Leaf(6), t.Leaf(6));
        var term = t.Product(t.Fixed(2), a);
        t.Substitution.Bind(a, b);
        Assert.Equal("a6, 2*a6", t.Show(b, term));
        t.Substitution.Bind(b, c);
        Assert.Equal("a6, 2*a6", t.Show(c, term));
        t.Substitution.Pin(c, Algebra.Because);
        Assert.Equal("12", t.Show(term));
    }

    [Fact]
    public void A_long_chain_of_variables_resolves_to_its_end()
    {
        var first = t.Leaf(7);
        var last = first;
        for (int i = 0; i < 100_000; i++)
        {
            var next = t.Leaf(7);
            t.Substitution.Bind(last, next);
            last = next;
        }
        Assert.Equal(last, t.Substitution.Resolve(first));
    }

    [Fact]
    public void Pinning_reaches_every_variable_and_keeps_earlier_reasons()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        t.Substitution.Pin(a, Algebra.Because with { Why = "earlier" });
        t.Substitution.Pin(t.Concat(a, b), Algebra.Because with { Why = "later" });
        Assert.Equal("earlier", t.WhyPinned(a));
        Assert.Equal("later", t.WhyPinned(b));
    }

    [Fact]
    public void Leaves_are_distinct_and_in_order()
    {
        var (a, b) = (t.Leaf(2), t.Leaf(3));
        Assert.Equal([b, a], t.Substitution.Leaves(t.Concat(b, t.Product(a, b), a)));
    }

    [Fact]
    public void Binding_to_another_size_is_a_defect() =>
        Assert.Equal(ErrorCodes.InternalError, Assert.Throws<OnnxPruneException>(() => t.Substitution.Bind(t.Leaf(2), t.Leaf(3))).Code);

    [Fact]
    public void Binding_a_variable_to_itself_is_a_defect()
    {
        var a = t.Leaf(2);
        Assert.Throws<OnnxPruneException>(() => t.Substitution.Bind(a, a));
    }

    [Fact]
    public void Binding_what_is_no_variable_is_a_defect() =>
        Assert.Throws<OnnxPruneException>(() => t.Substitution.Bind(t.Fixed(2), t.Leaf(2)));
}
