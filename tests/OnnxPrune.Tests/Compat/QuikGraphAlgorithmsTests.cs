using QuikGraph;
using QuikGraph.Algorithms;

namespace OnnxPrune.Compat;

/// <summary>What the project expects of QuikGraph's algorithms, whether the package or the stand-in.</summary>
public class QuikGraphAlgorithmsTests
{
    private static readonly Edge<string>[] Diamond = [new("a", "b"), new("a", "c"), new("b", "d"), new("c", "d")];

    [Fact]
    public void Both_sorts_put_the_source_of_every_edge_before_its_target()
    {
        BidirectionalGraph<string, Edge<string>> graph = new();
        graph.AddVertexRange(["d", "lonely", "c", "b", "a"]);
        graph.AddEdgeRange(Diamond);

        AssertSorted(graph, [.. graph.TopologicalSort()]);
        AssertSorted(graph, [.. graph.SourceFirstTopologicalSort()]);
        Assert.True(graph.IsDirectedAcyclicGraph());
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("d", "a")]
    public void A_cycle_cannot_be_sorted(string source, string target)
    {
        BidirectionalGraph<string, Edge<string>> graph = new();
        graph.AddVerticesAndEdgeRange([.. Diamond, new(source, target)]);

        Assert.Throws<NonAcyclicGraphException>(() => graph.TopologicalSort().ToArray());
        Assert.Throws<NonAcyclicGraphException>(() => graph.SourceFirstTopologicalSort().ToArray());
        Assert.False(graph.IsDirectedAcyclicGraph());
    }

    [Fact]
    public void A_long_chain_is_sorted_and_connected()
    {
        AdjacencyGraph<int, Edge<int>> graph = new();
        graph.AddVerticesAndEdgeRange(Enumerable.Range(0, 99_999).Select(number => new Edge<int>(number, number + 1)));

        Assert.Equal(Enumerable.Range(0, 100_000), graph.TopologicalSort());
        Assert.True(graph.IsDirectedAcyclicGraph());
        Assert.Equal(1, graph.WeaklyConnectedComponents(new Dictionary<int, int>()));
    }

    [Fact]
    public void Weak_components_ignore_directions()
    {
        AdjacencyGraph<string, Edge<string>> graph = new();
        graph.AddVertexRange(["c", "b", "a", "lonely", "x", "y"]);
        graph.AddEdgeRange([new("a", "b"), new("a", "c"), new("y", "x"), new("x", "y")]);
        Dictionary<string, int> components = new() { ["stale"] = 7 };

        Assert.Equal(3, graph.WeaklyConnectedComponents(components));

        Assert.Equal(graph.Vertices.ToHashSet(), components.Keys.ToHashSet());
        string[][] groups = [.. components.GroupBy(pair => pair.Value, pair => pair.Key).Select(group => group.Order().ToArray())];
        Assert.Equal([["a", "b", "c"], ["lonely"], ["x", "y"]], groups.OrderBy(group => group[0]));
    }

    private static void AssertSorted(BidirectionalGraph<string, Edge<string>> graph, List<string> order)
    {
        Assert.Equal(graph.Vertices.ToHashSet(), order.ToHashSet());
        Assert.Equal(graph.VertexCount, order.Count);
        Assert.All(graph.Edges, edge => Assert.True(order.IndexOf(edge.Source) < order.IndexOf(edge.Target)));
    }
}
