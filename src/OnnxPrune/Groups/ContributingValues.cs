using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// The values that flow into an output of the graph. A value does not count if every path from it to an output passes a boolean, because it
/// only controls decisions: a causal mask that is compared with zero holds no weights, regardless of its size.
/// </summary>
internal sealed class ContributingValues
{
    private readonly bool[] contributes;

    private ContributingValues(int values) => contributes = new bool[values];

    /// <summary>Walks the graph once, from its outputs.</summary>
    public static ContributingValues Of(ShapeInference shapes)
    {
        var found = new ContributingValues(shapes.Graph.Values.Count);
        foreach (var output in shapes.Graph.Outputs) found.contributes[output.Id] = true;
        foreach (var node in shapes.Graph.Nodes.Reverse().Where(n => n.Outputs.Any(o => o is not null && found.Includes(o))))
        {
            foreach (var value in node.Reads.Where(v => shapes[v].Type != ElementType.Bool)) found.contributes[value.Id] = true;
        }
        return found;
    }

    /// <summary>True when some path from the value to an output passes no boolean.</summary>
    public bool Includes(Value value) => contributes[value.Id];
}
