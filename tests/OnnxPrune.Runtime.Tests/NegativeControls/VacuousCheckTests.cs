using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>Checks that would pass on anything must not pass.</summary>
public class VacuousCheckTests
{
    private const string ZeroHead = """
        g (float[N,3,8,8] x) => (float[N,2,8,8] y)
        <float[6,3,1,1] a = normal 0.5, float[6,3,1,1] b = normal 0.5, float[2,12,1,1] head = {0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}>
        { p = Conv (x, a)  q = Conv (x, b)  r = Concat <axis = 1> (p, q)  y = Conv (r, head) }
        """;

    [Fact]
    public void Behind_a_zero_head_the_random_twin_decides_for_a_right_cut()
    {
        var report = Verify(ZeroHead, OperatorSet.Default.Find);

        Assert.Equal(Verdict.Verified, report.Verdict);
        Assert.Equal(0, report.Runs.Where(r => r.Weights == "original").Max(r => r.Power));
        Assert.True(report.Runs.Where(r => r.Weights == "random").Min(r => r.Power) > 100);
    }

    [Fact]
    public void Behind_a_zero_head_the_random_twin_decides_against_a_wrong_cut()
    {
        var report = Verify(ZeroHead, node => node.OpType == "Concat" ? Swapped(node) : OperatorSet.Default.Find(node));

        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.All(report.Runs, r => Assert.Equal(r.Weights == "random", r.Error > 1));
    }

    [Fact]
    public void Channels_that_nothing_depends_on_are_not_verified()
    {
        var report = Verify(
            """
            g (float[N,3,8,8] x) => (float[N,2,8,8] y)
            <float[6,3,1,1] a = normal 0.5, float[2,6,1,1] b = normal 0.5, float off = {0}>
            { p = Conv (x, a)  q = Conv (p, b)  y = Mul (q, off) }
            """,
            OperatorSet.Default.Find);

        Assert.Equal(Verdict.NotVerified, report.Verdict);
    }

    [Fact]
    public void Outputs_that_are_not_numbers_never_pass()
    {
        var report = Verify(
            """
            g (float[N,3,8,8] x) => (float[N,2,8,8] y)
            <float[6,3,1,1] a = normal 0.5, float[2,6,1,1] b = normal 0.5, float below = {-1}>
            { p = Conv (x, a)  q = Conv (p, b)  r = Mul (q, q)  s = Mul (r, below)  y = Sqrt (s) }
            """,
            OperatorSet.Default.Find);

        Assert.NotEqual(Verdict.Verified, report.Verdict);
    }

    [Fact]
    public void One_infinite_element_does_not_excuse_the_others()
    {
        var expected = HostTensor.Of(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [2], [double.PositiveInfinity, 1]);
        var actual = HostTensor.Of(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [2], [double.PositiveInfinity, 2]);

        Assert.Equal(0, Tolerance.Single.ErrorOf(expected, expected));
        Assert.True(Tolerance.Single.ErrorOf(actual, expected) > 1);
        Assert.Equal(double.PositiveInfinity, Tolerance.Single.ErrorOf(HostTensor.Of(expected.Type, [2], [0, 1]), expected));
    }

    [Fact]
    public void Not_a_number_equals_nothing()
    {
        var nan = HostTensor.Of(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [2], [double.NaN, 1]);
        var number = HostTensor.Of(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [2], [0, 1]);

        Assert.Equal(double.PositiveInfinity, Tolerance.Single.ErrorOf(nan, nan));
        Assert.Equal(double.PositiveInfinity, Tolerance.Single.ErrorOf(nan, number));
        Assert.Equal(double.PositiveInfinity, Tolerance.Single.ErrorOf(number, nan));
    }

    private static BrokenOperator Swapped(Node node) =>
        new(OperatorSet.Default.Find(node)!, couple: c => c.Output(0, [c.Input(0)[0], c.Concat(c.Input(1)[1], c.Input(0)[1]), .. c.Input(0).Skip(2)]));

    private static VerificationReport Verify(string model, Func<Node, Operator?> operators)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(model)), operators: OperatorSet.Default.With(operators));
        var masks = RandomMasks.Of(analysis, 3);
        return Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
    }
}
