using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Operators;

/// <summary>Conv.</summary>
internal class Conv : GroupedConvolution
{
    private static readonly Notation Axes = Notation.Parse("n g*i ~, g*o i ~, g*o? -> n g*o ~");

    protected override Notation Coupling => Axes;

    public override LinearView? LinearOf(Node node) => View(node, isTransposed: false);

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Concat(c.Input(Weight).Skip(1)));
}
