using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// A convolution with any number of groups: whole groups (g) and channels in every group (i, o) are separate variables. Quantised forms
/// differ in where their operands stand, in their type, and in what stands for zero.
/// </summary>
internal abstract class GroupedConvolution : Operator
{
    public override bool AcceptsUnknownRanks => true;

    /// <summary>The axes of data, weight and bias.</summary>
    protected abstract Notation Coupling { get; }

    /// <summary>The slot of the weight.</summary>
    protected virtual int Weight => 1;

    /// <summary>The slot of the bias.</summary>
    protected virtual int Bias => 2;

    public override void InferShapes(ShapeContext c)
    {
        var weight = c.Shape(Weight);
        c.AssumeRank(0, weight.Length);
        var x = c.Shape(0);
        if (x.Length != weight.Length || x.Length < 3) c.Infeasible($"input of rank {x.Length}, weight of rank {weight.Length}");
        if (x[1].IsKnown && !x[1].Same(InputChannels(c.Node, weight)))
            c.Infeasible($"{x[1]} channels, weight {string.Join(',', weight)}", x[1], InputChannels(c.Node, weight));
        if (weight[0].IsKnown && !Size.Of(Groups(c.Node)).Divides(weight[0]))
            c.Infeasible($"{Groups(c.Node)} groups, weight {string.Join(',', weight)}");
        c.Output(0, ResultType(c), [x[0], OutputChannels(c.Node, weight), .. Space(new SpatialWindow(c.Node, weight[2..]), x[2..])]);
    }

    public override void Couple(CouplingContext c) => GroupedChannels.State(c, c.Rule(Coupling, [0, Weight, Bias], ("g", Groups(c.Node))));

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[1], c.QuantizedInput(0)[1] || InputBit(c), "sums over channels that are not zero");
        bool channel = OutputBit(c) && (!c.Has(Bias) || c.QuantizedInput(Bias)[0]);
        State(c, c.OutputLayout(0).Select((_, axis) => axis == 0 ? c.QuantizedInput(0)[0] && !c.Has(Bias) : axis == 1 && channel));
    }

    public override void Adjust(AdjustContext c)
    {
        long group = c.KeptRecorded("g").Value;
        if (group != Groups(c.Node)) c.SetAttribute("group", group);
    }

    /// <summary>The linear view of a convolution with channels in the second axis, and weights that are not quantised.</summary>
    protected LinearView View(Node node, bool isTransposed) => new()
    {
        Weights = Weight,
        Bias = Bias,
        Groups = (int)Groups(node),
        OutputsAxis = isTransposed ? 1 : 0,
        InputsAxis = isTransposed ? 0 : 1,
        ChannelAxis = 1,
        Window = ConvolutionWindow.Of(node, isTransposed),
    };

    /// <summary>The number of groups.</summary>
    protected static long Groups(Node node) => node.Int("group", 1);

    /// <summary>The element type of the result.</summary>
    protected virtual ElementType ResultType(ShapeContext c) => c.Input(0).Type;

    /// <summary>How many channels the weight takes.</summary>
    protected virtual Size InputChannels(Node node, Size[] weight) => weight[1] * Size.Of(Groups(node));

    /// <summary>How many channels come out.</summary>
    protected virtual Size OutputChannels(Node node, Size[] weight) => weight[0];

    /// <summary>The spatial sizes that come out.</summary>
    protected virtual IEnumerable<Size> Space(SpatialWindow window, Size[] space) => window.Forward(space);

    /// <summary>True when the weights of removed input channels are zero.</summary>
    protected virtual bool InputBit(ZeroContext c) => c.QuantizedInput(Weight)[1];

    /// <summary>True when the weights of removed output channels are zero.</summary>
    protected virtual bool OutputBit(ZeroContext c) => c.QuantizedInput(Weight)[0];

    /// <summary>States where the result is zero.</summary>
    protected virtual void State(ZeroContext c, IEnumerable<bool> bits) => c.Output(0, bits);
}
