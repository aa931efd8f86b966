namespace OnnxPrune.Layouts;

/// <summary>A system of equations, unified.</summary>
internal sealed class Solution
{
    private static readonly PinReason Reason = new("Test", "Test node", "");
    private readonly Dictionary<Formula.Variable, Term> leaves = [];
    private readonly List<(Term Left, Term Right)> terms;

    private Solution(IReadOnlyList<(Formula Left, Formula Right)> equations)
    {
        terms = [.. equations.Select(e => (Term(e.Left), Term(e.Right)))];
    }

    public Unifier Unifier { get; } = new();

    public Substitution Substitution => Unifier.Substitution;

    public IEnumerable<Formula.Variable> Variables => leaves.Keys;

    public IEnumerable<Equation> Equations => terms.Select(t => new Equation(t.Left, t.Right, Reason));

    /// <summary>Unifies the equations, with their sides exchanged where <paramref name="mirrored"/>.</summary>
    public static Solution Of(IReadOnlyList<(Formula Left, Formula Right)> equations, bool mirrored = false)
    {
        var solution = new Solution(equations);
        for (int i = 0; i < equations.Count; i++) solution.Unify(i, mirrored);
        return solution;
    }

    /// <summary>The equations, not unified yet.</summary>
    public static Solution Unsolved(IReadOnlyList<(Formula Left, Formula Right)> equations) => new(equations);

    /// <summary>Unifies one equation, once more where it was already.</summary>
    public void Unify(int equation, bool mirrored = false)
    {
        var (left, right) = mirrored ? (terms[equation].Right, terms[equation].Left) : terms[equation];
        Unifier.Unify(left, right, Reason);
    }

    public Term Term(Formula formula) =>
        formula.In(Unifier.Arena, v => leaves.TryGetValue(v, out var leaf) ? leaf : leaves[v] = Unifier.Arena.Leaf(v.Size));

    /// <summary>What the variables are, with letters for the unbound ones: two solutions print the same if they are the same but for names.</summary>
    public string Print(IEnumerable<Formula.Variable> variables) => TermText.Print(Substitution, variables.Select(Term));

    /// <summary>The masks of all variables in <paramref name="masks"/>.</summary>
    public Func<Formula.Variable, bool[]> MaskOf(KeepMasks masks) => variable => masks.Of(Term(variable));

    /// <summary>The masks when every unbound variable loses everything: what is still kept is pinned.</summary>
    public KeepMasks PinnedMasks() => Masks((_, count) => new bool[count]);

    /// <summary>A random mask for every unbound variable.</summary>
    public KeepMasks RandomMasks(int seed)
    {
        var random = new Random(unchecked(seed * 0x5bd1e995) & int.MaxValue);
        return Masks((_, count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0)]);
    }

    private KeepMasks Masks(Func<Term, int, bool[]> make)
    {
        var kept = leaves.Values
            .SelectMany(Substitution.Leaves)
            .Distinct()
            .ToDictionary(leaf => leaf, leaf => make(leaf, (int)Unifier.Arena.SizeOf(leaf).Value));
        return new KeepMasks(Substitution, kept);
    }
}
