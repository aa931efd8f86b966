using System.Diagnostics.CodeAnalysis;

namespace QuikGraph;

/// <summary>A list of edges for each vertex, in the order in which the vertices were added.</summary>
internal sealed class VertexEdges<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    private readonly OrderedDictionary<TVertex, List<TEdge>> _edges = [];

    public IReadOnlyCollection<TVertex> Vertices => _edges.Keys;

    public IEnumerable<TEdge> All => _edges.Values.SelectMany(edges => edges);

    public List<TEdge> this[TVertex vertex] => _edges.TryGetValue(vertex, out List<TEdge>? edges) ? edges : throw new VertexNotFoundException();

    public bool Contains(TVertex vertex) => _edges.ContainsKey(vertex);

    public bool Add(TVertex vertex) => _edges.TryAdd(vertex, []);

    public bool TryGet(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges)
    {
        edges = _edges.TryGetValue(vertex, out List<TEdge>? found) ? found.AsReadOnly() : null;
        return edges is not null;
    }
}
