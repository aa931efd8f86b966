using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

public class PinTraceTests
{
    public static TheoryData<string> Models => [.. Testing.Zoo.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_pinned_weight_axis_of_the_zoo_has_a_path_to_what_pins_it(string name)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
        var trace = new PinTrace(analysis);
        foreach (var weight in GroupFinder.Weights(analysis.Layouts, analysis.Operators.Find))
        {
            for (int axis = 0; axis < weight.Initializer!.Dims.Count; axis++)
            {
                var reasons = trace.Reasons(weight, axis);
                bool isPinned = weight.Initializer.Dims[axis] > 1 && analysis.Layouts.Unifier.Substitution.Leaves(analysis.Layouts.LayoutOf(weight)![axis]).Count == 0;
                Assert.False(isPinned && reasons.Count == 0, $"{weight.Name}[{axis}] is pinned without a reason");
                Assert.All(reasons, reason => AssertEnds(analysis, trace.Path(weight, axis, reason), weight, axis, reason));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_weight_axis_of_a_group_is_reached_from_its_first(string name)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
        Assert.All(analysis.Groups, group =>
        {
            var reached = GroupTrace.Of(analysis, group).Select(hop => (hop.Value, hop.Axis!.Value)).ToHashSet();
            Assert.Subset(reached, group.Slices.Select(s => (s.Weight, s.Axis)).ToHashSet());
        });
    }

    // Every hop leads on from the one before through a node that has both values, and the last is where the reason says.
    private static void AssertEnds(ModelAnalysis analysis, IReadOnlyList<AxisHop> path, Value weight, int axis, PinReason reason)
    {
        Assert.True(path.Count > 0, $"{weight.Name}[{axis}] has no path to {reason}");
        Assert.Equal((weight, axis), (path[0].Value, path[0].Axis!.Value));
        foreach (var (before, hop) in path.Zip(path.Skip(1)))
            Assert.All([before.Value, hop.Value], value => Assert.Contains(value, Values(hop.Through!)));
        var end = path[^1].Value;
        if (reason.Node.Length > 0) Assert.Contains(analysis.Graph.Nodes, node => node.Label == reason.Node && Values(node).Contains(end));
        else Assert.True(end.IsInput || end.IsOutput || end == weight, $"{weight.Name}[{axis}] ends at {end.Name}, not at {reason}");
    }

    private static IEnumerable<Value> Values(Node node) => node.Reads.Concat(node.Outputs.OfType<Value>());
}
