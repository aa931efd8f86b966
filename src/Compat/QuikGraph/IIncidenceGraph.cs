namespace QuikGraph;

/// <summary>A directed graph that can be asked for edges between two vertices.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IIncidenceGraph<TVertex, TEdge> : IImplicitGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether an edge leads from the source to the target.</summary>
    bool ContainsEdge(TVertex source, TVertex target);
}
