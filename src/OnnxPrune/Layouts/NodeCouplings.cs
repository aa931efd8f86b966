using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Which indices of a node's values belong together by what that node alone demands. Each node is asked once, when it is first needed.
/// </summary>
internal sealed class NodeCouplings
{
    private readonly LayoutInference alone;
    private readonly Dictionary<Node, List<Piece>> pieces = [];

    public NodeCouplings(ShapeInference shapes, LayoutRules rules) => alone = LayoutInference.Unstarted(shapes, rules);

    private TermArena Arena => alone.Unifier.Arena;

    /// <summary>The ranges of indices that lose something when indices of <paramref name="from"/> are removed, on the other axes of a node.</summary>
    public IEnumerable<IndexRange> Coupled(Node node, IndexRange from)
    {
        if (!pieces.TryGetValue(node, out var all)) pieces[node] = all = Pieces(node);
        foreach (var piece in all.Where(p => p.Range.Overlaps(from)))
        {
            foreach (var other in all.Where(p => p.Variable == piece.Variable && !p.Range.IsOnAxisOf(from)))
                yield return piece.IsWhole && other.IsWhole ? other.Range.Within(from, piece.Range) : other.Range;
        }
    }

    private List<Piece> Pieces(Node node)
    {
        var found = new List<Piece>();
        foreach (var (value, layout) in alone.CoupleAlone(node))
            for (int axis = 0; axis < layout.Count; axis++) Add(found, value, axis, layout[axis]);
        return found;
    }

    private void Add(List<Piece> found, Value value, int axis, Term term)
    {
        long start = 0;
        foreach (var part in Arena.Kind(term) == TermKind.Concat ? Arena.Parts(term) : [term])
        {
            var size = Arena.SizeOf(part);
            long length = size.IsKnown ? size[Size.Nominal] : 0;
            bool isWhole = Arena.Kind(part) == TermKind.Leaf;
            var range = new IndexRange(value, axis, start, length);
            foreach (var leaf in alone.Unifier.Substitution.Leaves(part)) found.Add(new Piece(leaf, range, isWhole));
            start += length;
        }
    }

    /// <summary>A part of an axis that has a variable in it: the whole part, or as a factor.</summary>
    private sealed record Piece(Term Variable, IndexRange Range, bool IsWhole);
}
