namespace QuikGraph;

/// <summary>A set of edges that can be enumerated.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IEdgeSet<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether there are no edges.</summary>
    bool IsEdgesEmpty { get; }

    /// <summary>The number of edges.</summary>
    int EdgeCount { get; }

    /// <summary>The edges.</summary>
    IEnumerable<TEdge> Edges { get; }

    /// <summary>Whether the edge is in the set.</summary>
    bool ContainsEdge(TEdge edge);
}
