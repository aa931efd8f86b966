namespace QuikGraph.Algorithms;

/// <summary>Topological sorting by removing vertices where no remaining edge ends.</summary>
internal sealed class SourceFirstSort<TVertex, TEdge>(IVertexAndEdgeListGraph<TVertex, TEdge> graph)
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    private readonly Dictionary<TVertex, int> _inDegrees = new(graph.VertexCount);
    private readonly Queue<TVertex> _sources = new();
    private readonly List<TVertex> _order = new(graph.VertexCount);

    /// <summary>The sorted vertices, or null when the graph has a cycle.</summary>
    public IReadOnlyList<TVertex>? Sort()
    {
        CountInDegrees();
        foreach (TVertex vertex in graph.Vertices.Where(vertex => _inDegrees[vertex] == 0))
            _sources.Enqueue(vertex);
        while (_sources.TryDequeue(out TVertex? source))
            Remove(source);
        return _order.Count == graph.VertexCount ? _order : null;
    }

    private void CountInDegrees()
    {
        foreach (TVertex vertex in graph.Vertices)
            _inDegrees.Add(vertex, 0);
        foreach (TEdge edge in graph.Edges)
            _inDegrees[edge.Target]++;
    }

    private void Remove(TVertex source)
    {
        _order.Add(source);
        foreach (TEdge edge in graph.OutEdges(source))
        {
            if (--_inDegrees[edge.Target] == 0)
                _sources.Enqueue(edge.Target);
        }
    }
}
