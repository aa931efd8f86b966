namespace QuikGraph;

/// <summary>A graph.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether the edges have a direction.</summary>
    bool IsDirected { get; }

    /// <summary>Whether two vertices may be joined by several edges.</summary>
    bool AllowParallelEdges { get; }
}
