namespace QuikGraph.Algorithms;

/// <summary>Algorithms on directed graphs.</summary>
internal static class AlgorithmExtensions
{
    /// <summary>The vertices in an order in which every edge leads forward, found by depth-first search.</summary>
    /// <exception cref="NonAcyclicGraphException">The graph has a cycle.</exception>
    public static IEnumerable<TVertex> TopologicalSort<TVertex, TEdge>(this IVertexListGraph<TVertex, TEdge> graph)
        where TVertex : notnull
        where TEdge : IEdge<TVertex>
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new DepthFirstSort<TVertex, TEdge>(graph).Sort() ?? throw new NonAcyclicGraphException();
    }

    /// <summary>The vertices in an order in which every edge leads forward, beginning with those where no edge ends.</summary>
    /// <exception cref="NonAcyclicGraphException">The graph has a cycle.</exception>
    public static IEnumerable<TVertex> SourceFirstTopologicalSort<TVertex, TEdge>(this IVertexAndEdgeListGraph<TVertex, TEdge> graph)
        where TVertex : notnull
        where TEdge : IEdge<TVertex>
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new SourceFirstSort<TVertex, TEdge>(graph).Sort() ?? throw new NonAcyclicGraphException();
    }

    /// <summary>Whether the graph has no cycle.</summary>
    public static bool IsDirectedAcyclicGraph<TVertex, TEdge>(this IVertexListGraph<TVertex, TEdge> graph)
        where TVertex : notnull
        where TEdge : IEdge<TVertex>
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new DepthFirstSort<TVertex, TEdge>(graph).Sort() is not null;
    }

    /// <summary>Replaces the dictionary's contents by each vertex's component, regardless of directions; the number of components.</summary>
    public static int WeaklyConnectedComponents<TVertex, TEdge>(
        this IVertexListGraph<TVertex, TEdge> graph,
        IDictionary<TVertex, int> components)
        where TVertex : notnull
        where TEdge : IEdge<TVertex>
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(components);
        return new WeakComponents<TVertex, TEdge>(graph).Find(components);
    }
}
