using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Groups;

/// <summary>A cut belongs to the model that it was made for; anything else is refused with a code.</summary>
public class CutTests
{
    private readonly ModelAnalysis mobile = ModelAnalysis.Run(Testing.Zoo.LoadTopology("mobilenet_v2"));

    [Theory]
    [InlineData("mobilenet_v2", "mobilenet_v3_large")]
    [InlineData("resnet50", "resnext50_32x4d")]
    [InlineData("gru_bi", "lstm_bi")]
    [InlineData("vgg16_bn", "alexnet")]
    [InlineData("unet_resize", "unet_transposed")]
    public void A_cut_of_another_network_is_refused(string from, string to)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(from));
        var cut = Half(analysis);
        var other = ModelAnalysis.Run(Testing.Zoo.LoadTopology(to));
        AssertRefused(() => cut.Of(other));
        AssertRefused(() => Cut.Of(other, [KeyValuePair.Create(analysis.Groups[0], cut.MaskOf(analysis.Groups[0])!)]));
        AssertRefused(() => cut.MaskOf(other.Groups[0]));
    }

    [Fact]
    public void A_cut_of_the_same_network_moves_to_another_checkpoint()
    {
        var cut = Half(mobile);
        var moved = cut.Of(ModelAnalysis.Run(Testing.Zoo.LoadTopology("mobilenet_v2")));
        Assert.NotSame(cut.Analysis, moved.Analysis);
        Assert.Equal(Rewriter.Prune(cut).Proto, Rewriter.Prune(moved).Proto);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_mask_of_another_length_is_refused(int longer)
    {
        var group = mobile.Groups[0];
        var error = AssertRefused(() => Cut.Of(mobile, [KeyValuePair.Create(group, new bool[group.Size + longer])]));
        Assert.Contains($"has {group.Size + longer} elements for {group.Size} channels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_that_removes_everything_is_refused()
    {
        var group = mobile.Groups[0];
        AssertRefused(() => Cut.Of(mobile, [KeyValuePair.Create(group, new bool[group.Size])]));
    }

    [Fact]
    public void A_mask_that_keeps_everything_cuts_nothing()
    {
        var group = mobile.Groups[0];
        var cut = Cut.Of(mobile, [KeyValuePair.Create(group, Enumerable.Repeat(true, group.Size).ToArray())]);
        Assert.True(cut.IsEmpty);
        Assert.Null(cut.MaskOf(group));
        Assert.Equal(group.Size, cut.KeptOf(group));
    }

    private static Cut Half(ModelAnalysis analysis) => Planner.Plan(
        analysis, new PruneOptions { Budget = Budget.Parse("channels=50%"), Allocation = new(Scope.Local) }).Cut;

    private static OnnxPruneException AssertRefused(Func<object?> action)
    {
        var error = Assert.Throws<OnnxPruneException>(action);
        Assert.Equal(ErrorCodes.ForeignCut, error.Code);
        return error;
    }
}
