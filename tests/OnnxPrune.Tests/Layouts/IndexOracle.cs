using static OnnxPrune.Layouts.Formula;

namespace OnnxPrune.Layouts;

/// <summary>
/// What equations without products force, index by index: a union-find over the single indices of all variables and one element for
/// everything that is fixed.
/// </summary>
internal sealed class IndexOracle
{
    private static readonly (string, long) FixedIndex = ("", 0);
    private readonly Dictionary<(string, long), (string, long)> parents = [];

    public IndexOracle(IEnumerable<(Formula Left, Formula Right)> equations)
    {
        foreach (var (left, right) in equations)
        {
            foreach (var (a, b) in Indices(left).Zip(Indices(right))) parents[Root(a)] = Root(b);
        }
    }

    public bool IsPinned(Variable variable, long index) => Root((variable.Name, index)) == Root(FixedIndex);

    /// <summary>Indices with equal classes must be kept or removed together.</summary>
    public (string, long) Class(Variable variable, long index) => Root((variable.Name, index));

    private static IEnumerable<(string, long)> Indices(Formula formula) => formula switch
    {
        Variable v => Enumerable.Range(0, (int)v.Count).Select(i => (v.Name, (long)i)),
        Constant c => Enumerable.Repeat(FixedIndex, (int)c.Count.Value),
        Reordered r => Moved(Indices(r.Inner).ToList(), r.Order),
        Sum s => s.Parts.SelectMany(Indices),
        _ => throw new ArgumentException("the oracle knows no products"),
    };

    private static IEnumerable<(string, long)> Moved(List<(string, long)> indices, int[] order) => order.Select(i => indices[i]);

    private (string, long) Root((string, long) index)
    {
        while (parents.TryGetValue(index, out var parent) && parent != index) index = parent;
        return index;
    }
}
