namespace OnnxPrune.Layouts;

/// <summary>Resolved terms as text: a letter and a size per variable, <c>a2+3*b4</c>; letters by first occurrence.</summary>
internal sealed class TermText(Substitution substitution)
{
    private readonly Dictionary<Term, string> names = [];

    /// <summary>Several terms, separated by <c>", "</c>.</summary>
    public static string Print(Substitution substitution, params IEnumerable<Term> terms)
    {
        var text = new TermText(substitution);
        return string.Join(", ", terms.Select(t => text.Of(substitution.Resolve(t))));
    }

    private string Of(Term term)
    {
        var arena = substitution.Arena;
        return arena.Kind(term) switch
        {
            TermKind.Fixed => arena.SizeOf(term).ToString(),
            TermKind.Leaf => Name(term) + arena.SizeOf(term),
            TermKind.Permuted => $"[{string.Join(' ', arena.Order(term))}]({Of(arena.Parts(term)[0])})",
            TermKind.Concat => string.Join('+', arena.Parts(term).Select(Of)),
            _ => string.Join('*', arena.Parts(term).Select(f => arena.Kind(f) == TermKind.Concat ? $"({Of(f)})" : Of(f))),
        };
    }

    private string Name(Term leaf)
    {
        if (!names.TryGetValue(leaf, out string? name))
            names[leaf] = name = names.Count < 26 ? ((char)('a' + names.Count)).ToString() : $"v{names.Count}_";
        return name;
    }
}
