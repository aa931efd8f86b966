using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>Short words for building and unifying terms.</summary>
internal sealed class Algebra
{
    public static readonly PinReason Because = new("Test", "Test node", "the test says so");

    /// <summary>A batch that varies: 5, 3 and 7 at the deciding valuations.</summary>
    public static readonly Size Batch = new([5, 3, 7, 1]);

    public Unifier Unifier { get; } = new();

    public TermArena Arena => Unifier.Arena;

    public Substitution Substitution => Unifier.Substitution;

    public Term Leaf(long size) => Arena.Leaf(Size.Of(size));

    public Term Fixed(long size, string why = "") => Fixed(Size.Of(size), why);

    public Term Fixed(Size size, string why = "") => Arena.Fixed(size, why.Length == 0 ? PinReason.None : Because with { Why = why });

    public Term Concat(params Term[] parts) => Arena.Concat(parts);

    public Term Product(params Term[] factors) => Arena.Product(factors);

    public Term Permuted(Term term, params int[] order) => Arena.Permuted(Substitution.Resolve(term), order);

    public void Unify(Term a, Term b) => Unifier.Unify(a, b, Because);

    public string Show(params Term[] terms) => TermText.Print(Substitution, terms);

    public string WhyPinned(Term term) => Arena.Reason(Substitution.Resolve(term)).Why;
}
