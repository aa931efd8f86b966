using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>ConvTranspose: the weight's first axis counts input channels, its second the output channels of one group.</summary>
internal sealed class ConvTranspose : GroupedConvolution
{
    private static readonly Notation Axes = Notation.Parse("n g*i ~, g*i o ~, g*o? -> n g*o ~");

    protected override Notation Coupling => Axes;

    public override LinearView? LinearOf(Node node) => View(node, isTransposed: true);

    public override void CountMacs(MacContext c) => c.Add(c.Input(0).Concat(c.Input(Weight).Skip(1)));

    protected override Size InputChannels(Node node, Size[] weight) => weight[0];

    protected override Size OutputChannels(Node node, Size[] weight) => weight[1] * Size.Of(Groups(node));

    protected override IEnumerable<Size> Space(SpatialWindow window, Size[] space) => window.Transposed(space);

    protected override bool InputBit(ZeroContext c) => c.Input(Weight)[0];

    // Output channels are g*o: a removed group has zeros in the first axis, a removed channel of every group in the second.
    protected override bool OutputBit(ZeroContext c) => c.Input(Weight)[0] && c.Input(Weight)[1];
}
