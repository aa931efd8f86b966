using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>
/// Formats layouts: a group by its id, a fixed part by its size, <c>*</c> for a product, <c>+</c> for a concatenation, <c>permuted()</c> for another order.
/// </summary>
internal sealed class AxisText(ModelAnalysis analysis)
{
    private readonly Dictionary<Term, string> ids = analysis.Groups.ToDictionary(group => group.Variable, group => group.Id);

    private TermArena Arena => analysis.Layouts.Unifier.Arena;

    /// <summary>The layout of an axis.</summary>
    public string Of(Value value, int axis) => Text(analysis.Layouts.Resolved(value, axis));

    /// <summary>The groups on an axis.</summary>
    public IEnumerable<string> Groups(Value value, int axis) =>
        analysis.Layouts.Unifier.Substitution.Leaves(analysis.Layouts.LayoutOf(value)![axis]).Where(ids.ContainsKey).Select(leaf => ids[leaf]);

    /// <summary>The report of a step.</summary>
    public HopReport Of(AxisHop hop) => new(hop.Through?.Label, hop.ToString(), hop.Axis is { } axis ? Of(hop.Value, axis) : "", hop.From);

    private string Text(Term term) => Arena.Kind(term) switch
    {
        TermKind.Concat => string.Join(" + ", Arena.Parts(term).Select(Text)),
        TermKind.Product => string.Join(" * ", Arena.Parts(term).Select(Factor)),
        TermKind.Permuted => $"permuted({Text(Arena.Parts(term)[0])})",
        TermKind.Leaf when ids.TryGetValue(term, out string? id) => id,
        _ => Number(Arena.SizeOf(term)),
    };

    private string Factor(Term factor) => Arena.Kind(factor) == TermKind.Concat ? $"({Text(factor)})" : Text(factor);

    private static string Number(Size size) => size.IsCounted ? $"{size[Size.Nominal]}" : "?";
}
