namespace QuikGraph;

/// <summary>A directed edge; two edges are equal when they are the same object.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
internal class Edge<TVertex> : IEdge<TVertex>
    where TVertex : notnull
{
    /// <summary>An edge between two vertices.</summary>
    public Edge(TVertex source, TVertex target)
    {
        if (source is null)
            throw new ArgumentNullException(nameof(source));
        if (target is null)
            throw new ArgumentNullException(nameof(target));
        Source = source;
        Target = target;
    }

    /// <inheritdoc />
    public TVertex Source { get; }

    /// <inheritdoc />
    public TVertex Target { get; }

    /// <inheritdoc />
    public override string ToString() => $"{Source} -> {Target}";
}
