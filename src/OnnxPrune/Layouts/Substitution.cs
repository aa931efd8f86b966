using OnnxPrune.Diagnostics;

namespace OnnxPrune.Layouts;

/// <summary>What each variable is known to be. Resolving a term replaces its variables by that, and remembers the answer.</summary>
internal sealed class Substitution
{
    private readonly List<int> forward = [];
    private readonly List<int> resolvedAt = [];
    private readonly List<int> boundTo = [];
    private int version;

    /// <summary>Creates an empty substitution over the terms of <paramref name="arena"/>.</summary>
    public Substitution(TermArena arena) => Arena = arena;

    /// <summary>The terms.</summary>
    public TermArena Arena { get; }

    /// <summary>The normal form of a term: no bound variable occurs in it.</summary>
    public Term Resolve(Term term)
    {
        Grow();
        var root = Follow(term);
        if (Arena.Kind(root) is TermKind.Fixed or TermKind.Leaf || resolvedAt[root.Id] == version) return root;
        var rebuilt = Rebuilt(root);
        Grow();
        if (rebuilt != root) forward[root.Id] = rebuilt.Id;
        if (term != rebuilt) forward[term.Id] = rebuilt.Id;
        resolvedAt[rebuilt.Id] = version;
        return rebuilt;
    }

    /// <summary>Binds an unbound variable to a term of the same size that does not contain it.</summary>
    public void Bind(Term leaf, Term term)
    {
        if (Arena.Kind(leaf) != TermKind.Leaf || !Arena.SizeOf(leaf).Same(Arena.SizeOf(term)) || leaf == term)
            throw Errors.Internal($"bound a variable of size {Arena.SizeOf(leaf)} to a term of size {Arena.SizeOf(term)}");
        Grow();
        forward[leaf.Id] = term.Id;
        boundTo[leaf.Id] = term.Id;
        version++;
    }

    /// <summary>Binds every variable in <paramref name="term"/> to Fixed. Reasons given earlier stay.</summary>
    public void Pin(Term term, PinReason reason)
    {
        foreach (var leaf in Leaves(term)) Bind(leaf, Arena.Fixed(Arena.SizeOf(leaf), reason));
    }

    /// <summary>
    /// The reasons that pin the parts of a term, in order of occurrence. <see cref="Resolve"/> joins adjacent fixed parts and keeps the first
    /// reason; this method returns all of them.
    /// </summary>
    public IEnumerable<PinReason> Pins(Term term) => Arena.Kind(term) switch
    {
        TermKind.Fixed => [Arena.Reason(term)],
        TermKind.Leaf => term.Id < boundTo.Count && boundTo[term.Id] is >= 0 and var bound ? Pins(new Term(bound)) : [],
        _ => Arena.Parts(term).SelectMany(Pins),
    };

    /// <summary>The distinct unbound variables in a term, in order of occurrence.</summary>
    public IReadOnlyList<Term> Leaves(Term term)
    {
        var found = new List<Term>();
        Collect(Resolve(term), found);
        return found.Count < 2 ? found : found.Distinct().ToList();
    }

    private void Collect(Term resolved, List<Term> found)
    {
        if (Arena.Kind(resolved) == TermKind.Leaf) found.Add(resolved);
        foreach (var part in Arena.Parts(resolved)) Collect(part, found);
    }

    private Term Follow(Term term)
    {
        int root = term.Id;
        while (forward[root] != root) root = forward[root];
        for (int at = term.Id; forward[at] != root;) (at, forward[at]) = (forward[at], root);
        return new Term(root);
    }

    private Term Rebuilt(Term composite)
    {
        var parts = Arena.Parts(composite);
        var resolved = new Term[parts.Count];
        bool changed = false;
        for (int i = 0; i < resolved.Length; i++)
        {
            resolved[i] = Resolve(parts[i]);
            changed |= resolved[i] != parts[i];
        }
        if (!changed) return composite;
        return Arena.Kind(composite) switch
        {
            TermKind.Concat => Arena.Concat(resolved),
            TermKind.Product => Arena.Product(resolved),
            _ => Arena.Permuted(resolved[0], Arena.Order(composite)),
        };
    }

    private void Grow()
    {
        for (int id = forward.Count; id < Arena.Count; id++)
        {
            forward.Add(id);
            resolvedAt.Add(-1);
            boundTo.Add(-1);
        }
    }
}
