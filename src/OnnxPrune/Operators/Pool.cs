using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>AveragePool, MaxPool, LpPool and the global pools: channels pass, space is mixed.</summary>
internal sealed class Pool : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n c ~ -> n c ~");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (x.Length < 3) c.Infeasible($"input of rank {x.Length}");
        bool isGlobal = c.Node.OpType.StartsWith("Global", StringComparison.Ordinal);
        var kernel = (c.Node.Ints("kernel_shape") ?? []).Select(Size.Of).ToList();
        if (!isGlobal && kernel.Count != x.Length - 2) c.Infeasible($"a kernel of {kernel.Count} axes over an input of rank {x.Length}");
        var space = isGlobal ? x[2..].Select(_ => Size.One) : new SpatialWindow(c.Node, kernel).Forward(x[2..]);
        Size[] shape = [x[0], x[1], .. space];
        c.Output(shape);
        c.Output(1, ElementType.Int64, shape);
    }

    public override bool MovesElements(Node node, int slot) => slot == 0 && node.OpType == "MaxPool";

    public override void Couple(CouplingContext c)
    {
        if (HasIndices(c.Node)) c.PinAll("its indices count over channels");
        else c.Rule(Coupling);
    }

    public override Signs SignsOf(SignContext c) => c.Node.OpType.EndsWith("LpPool", StringComparison.Ordinal) ? Signs.NotNegative : c.Input(0);

    public override void FlowZeros(ZeroContext c)
    {
        if (!HasIndices(c.Node)) c.Output(0, c.Input(0).Select((bit, axis) => bit && axis < 2));
    }

    private static bool HasIndices(Node node) => node.Outputs.Length > 1 && node.Outputs[1] is not null;
}
