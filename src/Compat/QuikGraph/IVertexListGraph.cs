namespace QuikGraph;

/// <summary>A directed graph whose vertices can be enumerated.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IVertexListGraph<TVertex, TEdge> : IIncidenceGraph<TVertex, TEdge>, IVertexSet<TVertex>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>;
