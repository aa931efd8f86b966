using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>ai.onnx.ml.Scaler: y = (x - offset) · scale, with a number for all features or one for each. A feature that leaves takes its numbers along.</summary>
internal sealed class Scaler : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        FeatureVector.Check(c, this);
        c.Output(0, ElementType.Float, c.Shape(0));
    }

    public override IReadOnlyList<string> FeatureAttributes(Node node) => FeatureVector.PerFeature(node, "offset", "scale");

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c)
    {
        if (FeatureVector.Of(c.Node, "offset").All(offset => offset == 0)) c.Output(0, c.Input(0));
    }

    public override void Adjust(AdjustContext c) => FeatureVector.Adjust(c, this);
}
