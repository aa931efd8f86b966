using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>A right analysis, but one tensor of the pruned model was cut at other channels than the rest.</summary>
public class TamperedWeightsTests
{
    private static readonly bool[] Right = [true, true, false, true, false, true, true, false];
    private static readonly bool[] ShiftedByOne = [false, true, true, false, true, false, true, true];
    private static readonly bool[] OneOther = [true, true, true, false, false, true, true, false];

    private readonly ModelAnalysis analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[8,3,3,3] a = normal 0.3, float[8] b = normal 0.3, float[4,8,1,1] c = normal 0.3>
        { p = Conv <pads = [1,1,1,1]> (x, a, b)  q = Relu (p)  y = Conv (q, c) }
        """)));

    public static TheoryData<string, bool[]> Tampered => new()
    {
        { "a", ShiftedByOne }, { "b", ShiftedByOne }, { "c", ShiftedByOne },
        { "a", OneOther }, { "b", OneOther }, { "c", OneOther },
    };

    [Fact]
    public void The_right_cut_passes() => Assert.Equal(Verdict.Verified, Verify(Pruned(Right)).Verdict);

    [Theory]
    [MemberData(nameof(Tampered))]
    public void A_tensor_cut_at_other_channels_fails(string name, bool[] otherwise)
    {
        var proto = Pruned(Right).Proto;
        var wrong = Pruned(otherwise).Proto.Graph.Initializer.Single(t => t.Name == name);
        proto.Graph.Initializer[proto.Graph.Initializer.IndexOf(Initializer(proto, name))] = wrong;

        Assert.Equal(Verdict.Failed, Verify(new OnnxModel(proto)).Verdict);
    }

    [Fact]
    public void The_consumers_channels_in_another_order_fail()
    {
        var proto = Pruned(Right).Proto;
        var consumer = Initializer(proto, "c");
        int channels = (int)consumer.Dims[1];
        double[] reversed = [.. Tensors.Doubles(consumer).Chunk(channels).SelectMany(row => row.Reverse())];
        proto.Graph.Initializer[proto.Graph.Initializer.IndexOf(consumer)] = Tensors.Make(
            "c", ElementType.Float, consumer.Dims, reversed);

        Assert.Equal(Verdict.Failed, Verify(new OnnxModel(proto)).Verdict);
    }

    [Fact]
    public void Another_cut_than_the_plan_says_fails() => Assert.Equal(Verdict.Failed, Verify(Pruned(ShiftedByOne)).Verdict);

    private static TensorProto Initializer(ModelProto proto, string name) => proto.Graph.Initializer.Single(t => t.Name == name);

    private Cut Masks(bool[] mask) => Cut.Of(analysis, [KeyValuePair.Create(analysis.Groups.Single(), mask)]);

    private OnnxModel Pruned(bool[] mask) => Rewriter.Prune(Masks(mask));

    private VerificationReport Verify(OnnxModel pruned) => Verifier.Verify(pruned, Masks(Right), ExecutionProvider.Cpu);
}
