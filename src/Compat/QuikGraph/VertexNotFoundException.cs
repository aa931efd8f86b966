namespace QuikGraph;

/// <summary>A vertex is not in the graph.</summary>
internal class VertexNotFoundException : QuikGraphException
{
    /// <summary>An exception with the usual message.</summary>
    public VertexNotFoundException()
        : base("The specified vertex is not in the graph.")
    {
    }

    /// <summary>An exception with a message and possibly a cause.</summary>
    public VertexNotFoundException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
