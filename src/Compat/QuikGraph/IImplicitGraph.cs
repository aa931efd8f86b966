using System.Diagnostics.CodeAnalysis;

namespace QuikGraph;

/// <summary>A directed graph that can be asked for a vertex's outgoing edges.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IImplicitGraph<TVertex, TEdge> : IGraph<TVertex, TEdge>, IImplicitVertexSet<TVertex>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether no edge starts at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    bool IsOutEdgesEmpty(TVertex vertex);

    /// <summary>The number of edges that start at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    int OutDegree(TVertex vertex);

    /// <summary>The edges that start at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    IEnumerable<TEdge> OutEdges(TVertex vertex);

    /// <summary>The edges that start at the vertex, if the vertex is in the graph.</summary>
    bool TryGetOutEdges(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges);

    /// <summary>One of the edges that start at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    TEdge OutEdge(TVertex vertex, int index);
}
