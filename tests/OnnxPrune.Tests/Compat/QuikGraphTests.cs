using QuikGraph;

namespace OnnxPrune.Compat;

/// <summary>What the project expects of QuikGraph, whether the package or the stand-in.</summary>
public class QuikGraphTests
{
    private static readonly Edge<string>[] Diamond = [new("a", "b"), new("a", "c"), new("b", "d"), new("c", "d")];

    [Fact]
    public void An_edge_has_its_ends_and_its_tag()
    {
        TaggedEdge<string, int> edge = new("a", "b", 3);

        Assert.Equal(("a", "b", 3), (edge.Source, edge.Target, edge.Tag));
        Assert.Equal("a -> b", new Edge<string>("a", "b").ToString());
        Assert.Equal("a -> b (3)", edge.ToString());
    }

    [Fact]
    public void Edges_are_equal_when_they_are_the_same_object() =>
        Assert.NotEqual(new Edge<string>("a", "b"), new Edge<string>("a", "b"));

    [Fact]
    public void An_edge_needs_both_ends()
    {
        Assert.Throws<ArgumentNullException>(() => new Edge<string>(null!, "b"));
        Assert.Throws<ArgumentNullException>(() => new Edge<string>("a", null!));
    }

    [Fact]
    public void A_changed_tag_is_announced()
    {
        TaggedEdge<string, int> edge = new("a", "b", 3);
        int changes = 0;
        edge.TagChanged += (_, _) => changes++;

        edge.Tag = 3;
        edge.Tag = 4;

        Assert.Equal(1, changes);
    }

    [Fact]
    public void A_bidirectional_graph_knows_edges_of_both_directions()
    {
        BidirectionalGraph<string, Edge<string>> graph = Bidirectional(Diamond);

        Assert.Equal((4, 4), (graph.VertexCount, graph.EdgeCount));
        Assert.Equal(["b", "c"], graph.OutEdges("a").Select(edge => edge.Target));
        Assert.Equal(["b", "c"], graph.InEdges("d").Select(edge => edge.Source));
        Assert.Equal((2, 0, 2), (graph.OutDegree("a"), graph.InDegree("a"), graph.Degree("a")));
        Assert.True(graph.IsOutEdgesEmpty("d"));
        Assert.True(graph.IsInEdgesEmpty("a"));
        Assert.Same(Diamond[1], graph.OutEdge("a", 1));
        Assert.Same(Diamond[3], graph.InEdge("d", 1));
        Assert.Equal(Diamond.ToHashSet(), graph.Edges.ToHashSet());
    }

    [Fact]
    public void An_adjacency_graph_knows_outgoing_edges()
    {
        AdjacencyGraph<string, Edge<string>> graph = new();

        Assert.Equal(4, graph.AddVerticesAndEdgeRange(Diamond));

        Assert.Equal((4, 4), (graph.VertexCount, graph.EdgeCount));
        Assert.Equal(["b", "c"], graph.OutEdges("a").Select(edge => edge.Target));
        Assert.Equal((2, true), (graph.OutDegree("a"), graph.IsOutEdgesEmpty("d")));
        Assert.Same(Diamond[1], graph.OutEdge("a", 1));
        Assert.Equal(Diamond.ToHashSet(), graph.Edges.ToHashSet());
    }

    [Fact]
    public void Vertices_keep_the_order_in_which_they_were_added()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(number => $"{number * 37 % 100}")];
        BidirectionalGraph<string, Edge<string>> bidirectional = new();
        AdjacencyGraph<string, Edge<string>> adjacency = new();

        Assert.Equal(100, bidirectional.AddVertexRange(names));
        Assert.Equal(100, adjacency.AddVertexRange(names));

        Assert.Equal(names, bidirectional.Vertices);
        Assert.Equal(names, adjacency.Vertices);
    }

    [Fact]
    public void A_vertex_is_added_once()
    {
        BidirectionalGraph<string, Edge<string>> graph = new();

        Assert.True(graph.IsVerticesEmpty);
        Assert.True(graph.AddVertex("a"));
        Assert.False(graph.AddVertex("a"));
        Assert.Equal(1, graph.AddVertexRange(["a", "b"]));
        Assert.True(graph.ContainsVertex("b"));
        Assert.False(graph.ContainsVertex("c"));
    }

    [Fact]
    public void An_edge_needs_its_vertices_in_the_graph()
    {
        BidirectionalGraph<string, Edge<string>> bidirectional = new();
        AdjacencyGraph<string, Edge<string>> adjacency = new();
        bidirectional.AddVertex("a");
        adjacency.AddVertex("a");

        Assert.Throws<VertexNotFoundException>(() => bidirectional.AddEdge(new("a", "b")));
        Assert.Throws<VertexNotFoundException>(() => bidirectional.AddEdge(new("b", "a")));
        Assert.Throws<VertexNotFoundException>(() => adjacency.AddEdge(new("a", "b")));
        Assert.Throws<VertexNotFoundException>(() => adjacency.AddEdgeRange([new("b", "a")]));
        Assert.True(bidirectional.IsEdgesEmpty);
        Assert.True(adjacency.IsEdgesEmpty);
    }

    [Fact]
    public void A_vertex_outside_the_graph_has_no_edges_to_ask_for()
    {
        BidirectionalGraph<string, Edge<string>> graph = Bidirectional(Diamond);

        Assert.Throws<VertexNotFoundException>(() => graph.OutEdges("z"));
        Assert.Throws<VertexNotFoundException>(() => graph.InEdges("z"));
        Assert.Throws<VertexNotFoundException>(() => graph.OutDegree("z"));
        Assert.False(graph.TryGetOutEdges("z", out _));
        Assert.False(graph.TryGetInEdges("z", out _));
        Assert.True(graph.TryGetOutEdges("d", out var outEdges));
        Assert.Empty(outEdges);
        Assert.True(graph.TryGetInEdges("b", out var inEdges));
        Assert.Single(inEdges);
    }

    [Fact]
    public void An_edge_is_found_by_itself_and_by_its_ends()
    {
        BidirectionalGraph<string, Edge<string>> graph = Bidirectional(Diamond);

        Assert.True(graph.ContainsEdge(Diamond[0]));
        Assert.False(graph.ContainsEdge(new Edge<string>("a", "b")));
        Assert.True(graph.ContainsEdge("a", "b"));
        Assert.False(graph.ContainsEdge("b", "a"));
        Assert.False(graph.ContainsEdge("z", "a"));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Parallel_edges_are_kept_when_they_are_allowed(bool allowed, int count)
    {
        Edge<string>[] parallel = [new("a", "b"), new("a", "b")];
        BidirectionalGraph<string, Edge<string>> bidirectional = new(allowed);
        AdjacencyGraph<string, Edge<string>> adjacency = new(allowed);
        bidirectional.AddVertexRange(["a", "b"]);
        adjacency.AddVertexRange(["a", "b"]);

        Assert.Equal(allowed, bidirectional.AllowParallelEdges);
        Assert.Equal(count, bidirectional.AddEdgeRange(parallel));
        Assert.Equal(count, adjacency.AddEdgeRange(parallel));
        Assert.Equal((count, count), (bidirectional.EdgeCount, adjacency.EdgeCount));
        Assert.Equal(count, bidirectional.InDegree("b"));
    }

    [Fact]
    public void Graphs_are_directed()
    {
        Assert.True(new BidirectionalGraph<string, Edge<string>>().IsDirected);
        Assert.True(new AdjacencyGraph<string, Edge<string>>().IsDirected);
    }

    private static BidirectionalGraph<string, Edge<string>> Bidirectional(IEnumerable<Edge<string>> edges)
    {
        BidirectionalGraph<string, Edge<string>> graph = new();
        foreach (Edge<string> edge in edges)
            Assert.True(graph.AddVerticesAndEdge(edge));
        return graph;
    }
}
