using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Constant, where normalization has left one: its value is a graph output or not a dense tensor.</summary>
internal sealed class ConstantNode : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Node.Attribute("value")?.T is { } tensor) c.Output(0, Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)]);
    }

    public override void Couple(CouplingContext c) => c.PinAll("a constant in the graph");
}
