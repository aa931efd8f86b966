using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Shapes;
using OnnxPrune.Testing;

namespace OnnxPrune.Operators;

/// <summary>One node in ONNX text, and the coupling that its operator must print. The ends of the graph are open.</summary>
/// <param name="Node">The node, as <c>y = Relu(x)</c>.</param>
/// <param name="Inputs">Its inputs, as <c>float[2,3] x</c>; those with values are initializers.</param>
/// <param name="Expected">The printed line.</param>
/// <param name="Opset">The opset version.</param>
public sealed record CouplingLine(string Node, string Inputs, string Expected, int Opset = 21)
{
    /// <summary>The operator, as the table names it.</summary>
    public string Operator => Node.Split('=', 2)[1].Split('(', '<')[0].Trim();

    /// <summary>The line that the compiler prints.</summary>
    public string Actual()
    {
        string outputs = string.Join(", ", Node.Split('=', 2)[0].Split(',').Select(o => o.Trim()).Where(o => o.Length > 0));
        var model = OnnxText.Parse($$"""<ir_version: 3, opset_import: ["" : {{Opset}}, "com.microsoft" : 1, "ai.onnx.ml" : 1]> g ({{Inputs}}) => ({{outputs}}) { {{Node}} }""");
        var graph = GraphReader.Read(Normalizer.Normalize(model));
        var shapes = ShapeInference.Run(graph, OperatorSet.Default.Find, DimensionSizes.Unknown);
        return LayoutPrinter.Print(LayoutInference.RunOpen(shapes, OperatorSet.Default.Find), OperatorSet.Default.Find, graph.Nodes.Single());
    }

    public override string ToString() => $"{Node} @{Opset}";
}
