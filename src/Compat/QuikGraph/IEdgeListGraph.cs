namespace QuikGraph;

/// <summary>A graph whose edges can be enumerated.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IEdgeListGraph<TVertex, TEdge> : IGraph<TVertex, TEdge>, IEdgeSet<TVertex, TEdge>, IVertexSet<TVertex>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>;
