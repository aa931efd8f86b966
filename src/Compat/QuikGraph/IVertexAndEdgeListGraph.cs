namespace QuikGraph;

/// <summary>A directed graph whose vertices and edges can be enumerated.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IVertexAndEdgeListGraph<TVertex, TEdge> : IVertexListGraph<TVertex, TEdge>, IEdgeListGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>;
