using OnnxPrune.Runtime.Tests.NegativeControls;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>
/// Detectors select boxes by scores that may be nearly equal: what enters the selection is compared where what leaves it cannot be.
/// </summary>
public class SelectionTests
{
    private const string Scores = """
        g (float[N,3,8,8] x) => (float[N,5] top, int64[N,5] at, float[N,2,8,8] boxes)
        <float[8,3,3,3] a = normal 0.3, float[1,8,1,1] s = normal 0.3, float[2,8,1,1] b = normal 0.3, int64[1] k = {5}>
        {
            h = Conv <pads = [1,1,1,1]> (x, a)
            boxes = Conv (h, b)
            c = Conv (h, s)
            scores = Flatten (c)
            top, at = TopK (scores, k)
        }
        """;

    private const string SecondStage = """
        g (float[N,3,8,8] x) => (float[N,4] y)
        <float[8,3,3,3] a = normal 0.3, float[1,8,1,1] s = normal 0.3, int64[1] k = {5}, float[5,6] w1 = normal 0.3, float[6,4] w2 = normal 0.3>
        {
            h = Conv <pads = [1,1,1,1]> (x, a)
            c = Conv (h, s)
            scores = Flatten (c)
            top, at = TopK (scores, k)
            m = MatMul (top, w1)
            y = MatMul (m, w2)
        }
        """;

    [Fact]
    public void What_enters_a_selection_stands_for_what_leaves_it()
    {
        var result = PrunedText.Verified(new OnnxModel(Testing.OnnxText.Parse(Scores)), "a[0] (8)");
        Assert.Equal(["scores", "boxes"], Selections.Entries(result.Analysis, result.Pruned)?.Names);
    }

    [Fact]
    public void A_cut_behind_a_selection_needs_its_outputs()
    {
        var result = PrunedText.Of(new OnnxModel(Testing.OnnxText.Parse(SecondStage)));
        Assert.Null(Selections.Entries(result.Analysis, result.Pruned));
    }

    [Fact]
    public void A_model_that_selects_nothing_has_no_entries()
    {
        var result = PrunedText.Of(new OnnxModel(Testing.OnnxText.Parse("g (float[N,4] x) => (float[N,3] y) <float[4,6] a = normal 0.3, float[6,3] b = normal 0.3> { h = MatMul (x, a) y = MatMul (h, b) }")));
        Assert.Null(Selections.Entries(result.Analysis, result.Pruned));
    }

    [Fact]
    public void A_wrong_cut_before_a_selection_fails() => BrokenRule.FailsWith(
        Scores.Replace("c = Conv (h, s)", "c = ReduceMean (h, axes)", StringComparison.Ordinal)
            .Replace("float[1,8,1,1] s = normal 0.3", "int64[1] axes = {1}", StringComparison.Ordinal),
        "ReduceMean",
        flowZeros: c => c.Output(0, c.Input(0)));
}
