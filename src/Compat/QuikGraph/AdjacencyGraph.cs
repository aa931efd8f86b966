using System.Diagnostics.CodeAnalysis;

namespace QuikGraph;

/// <summary>A directed graph that knows the outgoing edges of each vertex.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal class AdjacencyGraph<TVertex, TEdge> : IVertexAndEdgeListGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    private readonly VertexEdges<TVertex, TEdge> _outEdges = new();

    /// <summary>An empty graph that allows parallel edges.</summary>
    public AdjacencyGraph()
        : this(true)
    {
    }

    /// <summary>An empty graph.</summary>
    public AdjacencyGraph(bool allowParallelEdges) => AllowParallelEdges = allowParallelEdges;

    /// <inheritdoc />
    public bool IsDirected => true;

    /// <inheritdoc />
    public bool AllowParallelEdges { get; }

    /// <inheritdoc />
    public bool IsVerticesEmpty => VertexCount == 0;

    /// <inheritdoc />
    public int VertexCount => _outEdges.Vertices.Count;

    /// <inheritdoc />
    public virtual IEnumerable<TVertex> Vertices => _outEdges.Vertices;

    /// <inheritdoc />
    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <inheritdoc />
    public int EdgeCount { get; private set; }

    /// <inheritdoc />
    public virtual IEnumerable<TEdge> Edges => _outEdges.All;

    /// <inheritdoc />
    public bool ContainsVertex(TVertex vertex) => _outEdges.Contains(vertex);

    /// <inheritdoc />
    public bool ContainsEdge(TEdge edge) => _outEdges.TryGet(edge.Source, out IEnumerable<TEdge>? edges) && edges.Contains(edge);

    /// <inheritdoc />
    public bool ContainsEdge(TVertex source, TVertex target) =>
        _outEdges.TryGet(source, out IEnumerable<TEdge>? edges)
        && edges.Any(edge => EqualityComparer<TVertex>.Default.Equals(edge.Target, target));

    /// <inheritdoc />
    public bool IsOutEdgesEmpty(TVertex vertex) => OutDegree(vertex) == 0;

    /// <inheritdoc />
    public int OutDegree(TVertex vertex) => _outEdges[vertex].Count;

    /// <inheritdoc />
    public virtual IEnumerable<TEdge> OutEdges(TVertex vertex) => _outEdges[vertex].AsReadOnly();

    /// <inheritdoc />
    public virtual bool TryGetOutEdges(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges) =>
        _outEdges.TryGet(vertex, out edges);

    /// <inheritdoc />
    public TEdge OutEdge(TVertex vertex, int index) => _outEdges[vertex][index];

    /// <summary>Adds a vertex; false when the graph has it.</summary>
    public virtual bool AddVertex(TVertex vertex) => _outEdges.Add(vertex);

    /// <summary>Adds vertices; the number of those that the graph did not have.</summary>
    public virtual int AddVertexRange(IEnumerable<TVertex> vertices) => vertices.Count(AddVertex);

    /// <summary>Adds an edge between vertices of the graph; false when it would be parallel to another and must not.</summary>
    /// <exception cref="VertexNotFoundException">The source or the target is not in the graph.</exception>
    public virtual bool AddEdge(TEdge edge)
    {
        List<TEdge> outEdges = _outEdges[edge.Source];
        if (!ContainsVertex(edge.Target))
            throw new VertexNotFoundException();
        if (!AllowParallelEdges && ContainsEdge(edge.Source, edge.Target))
            return false;
        outEdges.Add(edge);
        EdgeCount++;
        return true;
    }

    /// <summary>Adds edges between vertices of the graph; the number of those added.</summary>
    /// <exception cref="VertexNotFoundException">A source or a target is not in the graph.</exception>
    public int AddEdgeRange(IEnumerable<TEdge> edges) => edges.Count(AddEdge);

    /// <summary>Adds an edge and, where the graph lacks them, its source and its target.</summary>
    public virtual bool AddVerticesAndEdge(TEdge edge)
    {
        AddVertex(edge.Source);
        AddVertex(edge.Target);
        return AddEdge(edge);
    }

    /// <summary>Adds edges and, where the graph lacks them, their sources and targets; the number of edges added.</summary>
    public int AddVerticesAndEdgeRange(IEnumerable<TEdge> edges) => edges.Count(AddVerticesAndEdge);
}
