using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>Conv.</summary>
internal class Conv : GroupedConvolution
{
    private static readonly Notation Axes = Notation.Parse("n g*i ~, g*o i ~, g*o? -> n g*o ~");

    protected override Notation Coupling => Axes;

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Concat(c.Input(Weight).Skip(1)));
}
