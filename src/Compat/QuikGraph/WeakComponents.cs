namespace QuikGraph.Algorithms;

/// <summary>Weakly connected components as disjoint sets.</summary>
internal sealed class WeakComponents<TVertex, TEdge>(IVertexListGraph<TVertex, TEdge> graph)
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    private readonly Dictionary<TVertex, TVertex> _parents = graph.Vertices.ToDictionary(vertex => vertex);

    /// <summary>Numbers the components in the order of their first vertices; their count.</summary>
    public int Find(IDictionary<TVertex, int> components)
    {
        foreach (TEdge edge in graph.Vertices.SelectMany(graph.OutEdges))
            _parents[Representative(edge.Source)] = Representative(edge.Target);
        components.Clear();
        Dictionary<TVertex, int> numbers = [];
        foreach (TVertex vertex in graph.Vertices)
        {
            TVertex representative = Representative(vertex);
            numbers.TryAdd(representative, numbers.Count);
            components[vertex] = numbers[representative];
        }

        return numbers.Count;
    }

    /// <summary>The representative of the vertex's set; halves the path to it.</summary>
    private TVertex Representative(TVertex vertex)
    {
        while (!EqualityComparer<TVertex>.Default.Equals(vertex, _parents[vertex]))
        {
            _parents[vertex] = _parents[_parents[vertex]];
            vertex = _parents[vertex];
        }

        return vertex;
    }
}
