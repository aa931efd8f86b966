namespace QuikGraph;

/// <summary>A set of vertices that can be enumerated.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
internal interface IVertexSet<TVertex> : IImplicitVertexSet<TVertex>
    where TVertex : notnull
{
    /// <summary>Whether there are no vertices.</summary>
    bool IsVerticesEmpty { get; }

    /// <summary>The number of vertices.</summary>
    int VertexCount { get; }

    /// <summary>The vertices.</summary>
    IEnumerable<TVertex> Vertices { get; }
}
