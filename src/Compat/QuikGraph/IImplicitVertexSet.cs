namespace QuikGraph;

/// <summary>A set of vertices that can be asked for a vertex.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
internal interface IImplicitVertexSet<TVertex>
    where TVertex : notnull
{
    /// <summary>Whether the vertex is in the set.</summary>
    bool ContainsVertex(TVertex vertex);
}
