using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>An operator that is known to depend on every index of its operands, such as TopK: it is left alone, without a warning.</summary>
/// <param name="why">Why, for messages.</param>
/// <param name="jump">How its outputs jump.</param>
/// <param name="shapes">States the shapes of its outputs; null where they are not known.</param>
internal class Pinned(string why, Jump jump = Jump.None, Action<ShapeContext>? shapes = null) : Operator
{
    public override void InferShapes(ShapeContext context) => shapes?.Invoke(context);

    public override void Couple(CouplingContext context) => context.PinAll(why);

    public override Jump JumpOf(Node node) => jump;
}
