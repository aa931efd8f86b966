using OnnxPrune.Diagnostics;

namespace OnnxPrune.Layouts;

public class CertificateTests
{
    private readonly Algebra t = new();

    [Fact]
    public void A_solved_equation_holds()
    {
        var (a, b, c) = (t.Leaf(6), t.Leaf(2), t.Leaf(3));
        t.Unify(a, t.Product(b, c));
        Assert.Null(Certificate.FindViolation(t.Substitution, [new Equation(a, t.Product(b, c), Algebra.Because)], 1));
    }

    [Fact]
    public void An_equation_that_was_never_solved_is_found()
    {
        var planted = new Equation(t.Leaf(20), t.Leaf(20), Algebra.Because);
        var (a, b) = (t.Leaf(6), t.Leaf(6));
        t.Unify(a, b);
        Assert.Same(planted, Certificate.FindViolation(t.Substitution, [new Equation(a, b, Algebra.Because), planted], 1));
    }

    [Fact]
    public void Exchanged_factors_are_found()
    {
        var (a, b, x) = (t.Leaf(4), t.Leaf(5), t.Leaf(20));
        t.Substitution.Bind(x, t.Product(b, a));
        Assert.NotNull(Certificate.FindViolation(t.Substitution, [new Equation(x, t.Product(a, b), Algebra.Because)], 1));
    }

    [Fact]
    public void Exchanged_parts_are_found()
    {
        var (a, b, x) = (t.Leaf(10), t.Leaf(10), t.Leaf(20));
        t.Substitution.Bind(x, t.Concat(b, a));
        Assert.NotNull(Certificate.FindViolation(t.Substitution, [new Equation(x, t.Concat(a, b), Algebra.Because)], 1));
    }

    [Fact]
    public void Pinning_both_sides_settles_a_violation()
    {
        var planted = new Equation(t.Leaf(20), t.Leaf(20), Algebra.Because);
        t.Substitution.Pin(planted.Left, planted.Reason);
        t.Substitution.Pin(planted.Right, planted.Reason);
        Assert.Null(Certificate.FindViolation(t.Substitution, [planted], 1));
    }

    [Fact]
    public void A_violation_is_pinned_with_a_warning()
    {
        var (left, right) = (t.Leaf(20), t.Leaf(20));
        var warning = Assert.Single(Certificate.Enforce(t.Substitution, [new Equation(left, right, Algebra.Because)]));
        Assert.Equal((Severity.Warning, ErrorCodes.CertificateViolated), (warning.Severity, warning.Code));
        Assert.Empty(t.Substitution.Leaves(t.Product(left, right)));
    }
}
