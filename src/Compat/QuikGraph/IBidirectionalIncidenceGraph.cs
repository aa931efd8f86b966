using System.Diagnostics.CodeAnalysis;

namespace QuikGraph;

/// <summary>A directed graph that can be asked for a vertex's incoming edges as well.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal interface IBidirectionalIncidenceGraph<TVertex, TEdge> : IIncidenceGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether no edge ends at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    bool IsInEdgesEmpty(TVertex vertex);

    /// <summary>The number of edges that end at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    int InDegree(TVertex vertex);

    /// <summary>The edges that end at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    IEnumerable<TEdge> InEdges(TVertex vertex);

    /// <summary>The edges that end at the vertex, if the vertex is in the graph.</summary>
    bool TryGetInEdges(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges);

    /// <summary>One of the edges that end at the vertex.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    TEdge InEdge(TVertex vertex, int index);

    /// <summary>The number of edges that start at the vertex and of edges that end there.</summary>
    /// <exception cref="VertexNotFoundException">The vertex is not in the graph.</exception>
    int Degree(TVertex vertex);
}
