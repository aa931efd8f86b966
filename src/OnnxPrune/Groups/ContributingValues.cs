using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// The values that flow into an output of the graph. A boolean counts if it depends on an input: the weights of a score decide through a comparison
/// as they do through TopK. A boolean that is made of constants and shapes is a mask. What it is computed from holds no weights, whatever its size.
/// </summary>
internal sealed class ContributingValues
{
    private readonly ShapeInference shapes;
    private readonly bool[] varies;
    private readonly bool[] contributes;

    private ContributingValues(ShapeInference shapes)
    {
        this.shapes = shapes;
        varies = new bool[shapes.Graph.Values.Count];
        contributes = new bool[varies.Length];
    }

    /// <summary>Walks the graph once in each direction.</summary>
    public static ContributingValues Of(ShapeInference shapes)
    {
        var found = new ContributingValues(shapes);
        found.FollowInputs();
        foreach (var output in shapes.Graph.Outputs) found.contributes[output.Id] = true;
        foreach (var node in shapes.Graph.Nodes.Reverse().Where(n => n.Outputs.Any(o => o is not null && found.Includes(o))))
        {
            foreach (var value in node.Reads.Where(v => shapes[v].Type != ElementType.Bool || found.varies[v.Id])) found.contributes[value.Id] = true;
        }
        return found;
    }

    /// <summary>True when some path from the value to an output passes no boolean that is a mask.</summary>
    public bool Includes(Value value) => contributes[value.Id];

    // Numbers of an input, not its shape.
    private void FollowInputs()
    {
        foreach (var input in shapes.Graph.Inputs) varies[input.Id] = true;
        foreach (var node in shapes.Graph.Nodes.Where(n => n.Reads.Any(v => varies[v.Id])))
        {
            foreach (var output in node.Outputs.OfType<Value>().Where(o => !shapes.DerivesFromShapes(o))) varies[output.Id] = true;
        }
    }
}
