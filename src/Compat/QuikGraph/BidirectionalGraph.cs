using System.Diagnostics.CodeAnalysis;

namespace QuikGraph;

/// <summary>A directed graph that knows the outgoing and the incoming edges of each vertex.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TEdge">Edge type.</typeparam>
internal class BidirectionalGraph<TVertex, TEdge> : IBidirectionalGraph<TVertex, TEdge>
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    private readonly VertexEdges<TVertex, TEdge> _outEdges = new();
    private readonly VertexEdges<TVertex, TEdge> _inEdges = new();

    /// <summary>An empty graph that allows parallel edges.</summary>
    public BidirectionalGraph()
        : this(true)
    {
    }

    /// <summary>An empty graph.</summary>
    public BidirectionalGraph(bool allowParallelEdges) => AllowParallelEdges = allowParallelEdges;

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
    public IEnumerable<TEdge> OutEdges(TVertex vertex) => _outEdges[vertex].AsReadOnly();

    /// <inheritdoc />
    public bool TryGetOutEdges(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges) => _outEdges.TryGet(vertex, out edges);

    /// <inheritdoc />
    public TEdge OutEdge(TVertex vertex, int index) => _outEdges[vertex][index];

    /// <inheritdoc />
    public bool IsInEdgesEmpty(TVertex vertex) => InDegree(vertex) == 0;

    /// <inheritdoc />
    public int InDegree(TVertex vertex) => _inEdges[vertex].Count;

    /// <inheritdoc />
    public IEnumerable<TEdge> InEdges(TVertex vertex) => _inEdges[vertex].AsReadOnly();

    /// <inheritdoc />
    public bool TryGetInEdges(TVertex vertex, [NotNullWhen(true)] out IEnumerable<TEdge>? edges) => _inEdges.TryGet(vertex, out edges);

    /// <inheritdoc />
    public TEdge InEdge(TVertex vertex, int index) => _inEdges[vertex][index];

    /// <inheritdoc />
    public int Degree(TVertex vertex) => OutDegree(vertex) + InDegree(vertex);

    /// <summary>Adds a vertex; false when the graph has it.</summary>
    public virtual bool AddVertex(TVertex vertex) => _outEdges.Add(vertex) && _inEdges.Add(vertex);

    /// <summary>Adds vertices; the number of those that the graph did not have.</summary>
    public virtual int AddVertexRange(IEnumerable<TVertex> vertices) => vertices.Count(AddVertex);

    /// <summary>Adds an edge between vertices of the graph; false when it would be parallel to another and must not.</summary>
    /// <exception cref="VertexNotFoundException">The source or the target is not in the graph.</exception>
    public virtual bool AddEdge(TEdge edge)
    {
        List<TEdge> outEdges = _outEdges[edge.Source];
        List<TEdge> inEdges = _inEdges[edge.Target];
        if (!AllowParallelEdges && ContainsEdge(edge.Source, edge.Target))
            return false;
        outEdges.Add(edge);
        inEdges.Add(edge);
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
