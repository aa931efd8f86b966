using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>An operator that is known to depend on every index of its operands, such as TopK: it is left alone, without a warning.</summary>
/// <param name="why">Why, for messages.</param>
/// <param name="jump">How its outputs jump.</param>
internal class Pinned(string why, Jump jump = Jump.None) : Operator
{
    public override void InferShapes(ShapeContext context)
    {
    }

    public override void Couple(CouplingContext context) => context.PinAll(why);

    public override Jump JumpOf(Node node) => jump;
}
