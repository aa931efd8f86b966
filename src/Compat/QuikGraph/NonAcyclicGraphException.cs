namespace QuikGraph;

/// <summary>A graph has a cycle where it must not have one.</summary>
internal class NonAcyclicGraphException : QuikGraphException
{
    /// <summary>An exception with the usual message.</summary>
    public NonAcyclicGraphException()
        : base("The graph contains at least one cycle.")
    {
    }

    /// <summary>An exception with a message and possibly a cause.</summary>
    public NonAcyclicGraphException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
