using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// ai.onnx.ml.Normalizer: divides the features of a sample by their norm, L1 or L2, which zeros do not change, or by their maximum, which zeros do not
/// change if no feature is negative.
/// </summary>
internal sealed class FeatureNormalizer : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        if (c.Shape(0).Length is not (1 or 2)) c.Infeasible($"input of rank {c.Shape(0).Length}");
        c.Output(0, ElementType.Float, c.Shape(0));
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override Signs SignsOf(SignContext context) => context.Input(0);

    public override void FlowZeros(ZeroContext c)
    {
        bool isNorm = c.Node.Text("norm", "MAX") is "L1" or "L2" || c.SignsOf(0).HasFlag(Signs.NotNegative);
        c.Contract(c.Layout(0)[^1], isNorm && c.Input(0)[^1], "divides by a norm of what is not zero");
        c.Output(0, c.Input(0).Select((bit, axis) => bit && axis == c.Layout(0).Count - 1));
    }
}
