namespace QuikGraph;

/// <summary>A directed edge.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
internal interface IEdge<out TVertex>
    where TVertex : notnull
{
    /// <summary>The vertex where the edge starts.</summary>
    TVertex Source { get; }

    /// <summary>The vertex where the edge ends.</summary>
    TVertex Target { get; }
}
