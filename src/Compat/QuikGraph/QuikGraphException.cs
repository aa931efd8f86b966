namespace QuikGraph;

/// <summary>The base of all exceptions of graphs and their algorithms.</summary>
internal abstract class QuikGraphException : Exception
{
    /// <summary>An exception with a message and possibly a cause.</summary>
    protected QuikGraphException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
