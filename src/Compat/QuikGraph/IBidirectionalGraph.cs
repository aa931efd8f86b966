namespace QuikGraph;

/// <summary>A directed graph that knows outgoing and incoming edges.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IBidirectionalGraph<TVertex, TEdge> : IVertexAndEdgeListGraph<TVertex, TEdge>, IBidirectionalIncidenceGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>;
