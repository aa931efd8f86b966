using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// ai.onnx.ml.Imputer: replaces one number, often NaN, with a number for all features or one for each. A feature that leaves takes its number along.
/// </summary>
internal sealed class Imputer : Operator
{
    private const string Floats = "imputed_value_floats";

    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        FeatureVector.Check(c, this);
        c.Output(c.Shape(0));
    }

    public override IReadOnlyList<string> FeatureAttributes(Node node) => FeatureVector.PerFeature(node, Floats);

    public override Jump JumpOf(Node node) => Jump.Selection;

    // Integers come from outside the model: no layer computes them.
    public override void Couple(CouplingContext c)
    {
        if (c.Node.Ints("imputed_value_int64s") is { Length: > 1 }) c.PinAll("replaces integers of each feature");
        else c.Rule(Coupling);
    }

    public override void FlowZeros(ZeroContext c)
    {
        bool keeps = c.Node.Float("replaced_value_float", 0) != 0 || FeatureVector.Of(c.Node, Floats).All(value => value == 0);
        if (keeps) c.Output(0, c.Input(0));
    }

    public override void Adjust(AdjustContext c) => FeatureVector.Adjust(c, this);
}
