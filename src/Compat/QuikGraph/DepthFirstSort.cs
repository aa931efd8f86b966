namespace QuikGraph.Algorithms;

/// <summary>Topological sorting by depth-first search: vertices in reverse order of their completion.</summary>
internal sealed class DepthFirstSort<TVertex, TEdge>(IVertexListGraph<TVertex, TEdge> graph)
    where TVertex : notnull
    where TEdge : IEdge<TVertex>
{
    /// <summary>Whether each vertex met so far is complete.</summary>
    private readonly Dictionary<TVertex, bool> _complete = new(graph.VertexCount);
    private readonly Stack<(TVertex Vertex, IEnumerator<TEdge> Edges)> _path = new();
    private readonly List<TVertex> _order = new(graph.VertexCount);

    /// <summary>The sorted vertices, or null when the graph has a cycle.</summary>
    public IReadOnlyList<TVertex>? Sort()
    {
        foreach (TVertex root in graph.Vertices)
        {
            if (!_complete.ContainsKey(root) && !Visit(root))
                return null;
        }

        _order.Reverse();
        return _order;
    }

    private bool Visit(TVertex root)
    {
        Enter(root);
        while (_path.TryPeek(out (TVertex Vertex, IEnumerator<TEdge> Edges) step))
        {
            if (!step.Edges.MoveNext())
                Leave();
            else if (!_complete.TryGetValue(step.Edges.Current.Target, out bool complete))
                Enter(step.Edges.Current.Target);
            else if (!complete)
                return false;
        }

        return true;
    }

    private void Enter(TVertex vertex)
    {
        _complete[vertex] = false;
        _path.Push((vertex, graph.OutEdges(vertex).GetEnumerator()));
    }

    private void Leave()
    {
        (TVertex vertex, IEnumerator<TEdge> edges) = _path.Pop();
        edges.Dispose();
        _complete[vertex] = true;
        _order.Add(vertex);
    }
}
