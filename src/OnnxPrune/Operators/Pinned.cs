using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>An operator that is known to depend on every index of its operands, such as TopK: it is left alone, without a warning.</summary>
/// <param name="why">Why, for messages.</param>
/// <param name="jump">How its outputs jump.</param>
/// <param name="shapes">States the shapes of its outputs; null where they are not known.</param>
/// <param name="sizes">What the sizes of its outputs are.</param>
internal class Pinned(string why, Jump jump = Jump.None, Action<ShapeContext>? shapes = null, PinnedSizes sizes = PinnedSizes.OfTensors) : Operator
{
    internal override bool CountsData => sizes is PinnedSizes.CountData or PinnedSizes.OfFile;

    internal override bool MakesSequence => sizes == PinnedSizes.OfSequence;

    internal override bool TakesFromSequence => sizes == PinnedSizes.OfElements;

    internal override bool ReadsFile => sizes == PinnedSizes.OfFile;

    public override void InferShapes(ShapeContext context) => shapes?.Invoke(context);

    public override void Couple(CouplingContext context) => context.PinAll(why);

    public override Jump JumpOf(Node node) => jump;
}
