using OnnxPrune.Model;

namespace OnnxPrune.Layouts;

/// <summary>
/// Prints the solved coupling of one node as one line, <c>Conv: a b*c 6 6, b*d c 3 3 -> a b*d 4 4</c>: a letter per variable in the order
/// of occurrence, fixed sizes as numbers, <c>*</c> for Product, <c>+</c> for Concat, <c>permuted()</c> for another order. A scalar is <c>()</c>, a value of unknown rank
/// <c>?</c>; <c>_</c> is an omitted operand or a shape operand, unless it is the last one.
/// </summary>
internal sealed class LayoutPrinter
{
    private readonly LayoutInference layouts;
    private readonly LayoutRules rules;
    private readonly Dictionary<Term, string> names = [];

    private LayoutPrinter(LayoutInference layouts, LayoutRules rules)
    {
        this.layouts = layouts;
        this.rules = rules;
    }

    private TermArena Arena => layouts.Unifier.Arena;

    /// <summary>The line of one node.</summary>
    public static string Print(LayoutInference layouts, LayoutRules rules, Node node) => new LayoutPrinter(layouts, rules).Line(node);

    /// <summary>The lines of several nodes, in which a letter stands for the same variable everywhere.</summary>
    public static IEnumerable<string> PrintAll(LayoutInference layouts, LayoutRules rules, IEnumerable<Node> nodes)
    {
        var printer = new LayoutPrinter(layouts, rules);
        return nodes.Select(printer.Line);
    }

    private string Line(Node node)
    {
        var rule = rules(node);
        var inputs = node.Inputs.Select((value, slot) => rule?.IsShapeOperand(node, slot) == true ? "_" : Tensor(value)).ToList();
        while (inputs.Count > 0 && inputs[^1] == "_") inputs.RemoveAt(inputs.Count - 1);
        string left = inputs.Count > 0 ? $"{node.OpType}: {string.Join(", ", inputs)}" : $"{node.OpType}:";
        return $"{left} -> {string.Join(", ", node.Outputs.Select(Tensor))}";
    }

    private string Tensor(Value? value)
    {
        if (value is null) return "_";
        if (layouts.LayoutOf(value) is not { } layout) return "?";
        return layout.Count == 0 ? "()" : string.Join(' ', layout.Select(term => Text(layouts.Unifier.Substitution.Resolve(term))));
    }

    private string Text(Term term) => Arena.Kind(term) switch
    {
        TermKind.Fixed => Arena.SizeOf(term).ToString(),
        TermKind.Leaf => Name(term),
        TermKind.Concat => string.Join('+', Arena.Parts(term).Select(Text)),
        TermKind.Permuted => $"permuted({Text(Arena.Parts(term)[0])})",
        _ => string.Join('*', Arena.Parts(term).Select(Factor)),
    };

    private string Factor(Term factor) => Arena.Kind(factor) == TermKind.Concat ? $"({Text(factor)})" : Text(factor);

    // a to z, then a1 to z1, and so on.
    private string Name(Term leaf)
    {
        if (names.TryGetValue(leaf, out string? known)) return known;
        string letter = ((char)('a' + (names.Count % 26))).ToString();
        return names[leaf] = names.Count < 26 ? letter : $"{letter}{names.Count / 26}";
    }
}
