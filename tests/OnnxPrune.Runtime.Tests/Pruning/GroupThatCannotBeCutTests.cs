using OnnxPrune.Operators;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>A group whose cut the rewriter cannot carry out is pinned, with a reason, and never fails the run.</summary>
public class GroupThatCannotBeCutTests
{
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[2,3,6,6] x) => (float[2,4,6,6] y)
        <float[8,3,1,1] a = normal 0.4, float[8,8,1,1] b = normal 0.4, float[4,8,1,1] c = normal 0.4>
        { h = Conv (x, a)  r = Relu (h)  i = Conv (r, b)  s = Elu (i)  y = Conv (s, c) }
        """;

    private static readonly OperatorSet Operators =
        OperatorSet.Default.With(node => node.OpType == "Elu" ? new EluOfEightChannels() : OperatorSet.Default.Find(node));

    [Fact]
    public async Task It_is_pinned_and_the_rest_is_pruned()
    {
        var options = new PruningOptions { Budget = "macs=60%", Operators = Operators };
        var result = await PruningRun.RunAsync(new OnnxModel(OnnxText.Parse(Network)), options);

        Assert.Equal(Verdict.Verified, result.Verification!.Verdict);
        Assert.Equal(["a[0]"], result.Cut.Groups.Select(g => g.Id));
        var warning = Assert.Single(result.Warnings);
        Assert.Equal(ErrorCodes.GroupLeftAlone, warning.Code);
        Assert.StartsWith("b[0] keeps its channels, because a cut fails at Elu s: ", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_needs_it_is_out_of_reach()
    {
        var options = new PruningOptions { Budget = "macs=20%", Operators = Operators };
        var error = await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(new OnnxModel(OnnxText.Parse(Network)), options));
        Assert.Equal(ErrorCodes.BudgetOutOfReach, error.Code);
    }

    // Its coupling allows a cut, but its shape does not follow.
    private sealed class EluOfEightChannels : Operator
    {
        public override void InferShapes(ShapeContext c) => c.Output([c.Shape(0)[0], Size.Of(8), .. c.Shape(0)[2..]]);

        public override void Couple(CouplingContext c) => c.Output(0, [.. c.Input(0)]);

        public override void FlowZeros(ZeroContext c) => c.Output(0, [true, true, true, true]);
    }
}
