using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

public class NormalizationTests
{
    // Two blocks that are alike but for their widths, and one that is not.
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,4,6,6] x) => (float[N,4,6,6] y)
        <float[6,4,3,3] a1 = normal 0.1, float[4,6,1,1] a2 = normal 0.1, float[8,4,3,3] b1 = normal 0.1, float[4,8,1,1] b2 = normal 0.1, float[5,4,1,1] c1 = normal 0.1, float[4,5,1,1] c2 = normal 0.1>
        { h = Conv <pads = [1,1,1,1]> (x, a1) i = Relu(h) j = Conv(i, a2) r = Add(x, j)
          k = Conv <pads = [1,1,1,1]> (r, b1) l = Relu(k) m = Conv(l, b2) s = Add(r, m)
          n = Conv(s, c1) o = Relu(n) p = Conv(o, c2) y = Add(s, p) }
        """);

    private readonly double[][] scores = [[1, 2, 3, 4, 5, 6], [10, 10, 10, 10, 20, 20, 20, 20], [3, 3, 3, 3, 3]];

    [Fact]
    public void Groups_that_are_alike_share_one_scale()
    {
        double mean = (21 + 120) / 14.0;
        var normalised = ScoreNormalization.Isomorphic.Of(analysis, analysis.Groups, scores);
        Assert.Equal(scores[0].Select(s => s / mean), normalised[0]!);
        Assert.Equal(scores[1].Select(s => s / mean), normalised[1]!);
        Assert.All(normalised[2]!, s => Assert.Equal(1, s));
    }

    [Fact]
    public void Numbers_of_channels_do_not_matter_to_what_is_alike()
    {
        var classes = IsomorphicGroups.Of(analysis, analysis.Groups);
        Assert.Equal(classes[0], classes[1]);
        Assert.NotEqual(classes[0], classes[2]);
    }

    [Fact]
    public void Standardised_scores_have_a_deviation_of_one_and_begin_at_zero()
    {
        var normalised = ScoreNormalization.Standardised.Of(analysis, analysis.Groups, scores);
        Assert.Equal(0, normalised.SelectMany(s => s!).Min());
        foreach (double[]? own in normalised.Take(2)) Assert.Equal(1, Math.Sqrt(own!.Sum(s => Math.Pow(s - own!.Average(), 2)) / own!.Length), 1e-12);
        Assert.Single(normalised[2]!.Distinct());
        Assert.Equal(normalised[0]!.Average(), normalised[1]!.Average(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_group_without_scores_stays_without(ScoreNormalization normalization)
    {
        var normalised = normalization.Of(analysis, analysis.Groups, [scores[0], null, scores[2]]);
        Assert.Null(normalised[1]);
        Assert.Equal(normalization.Of(analysis, analysis.Groups, [scores[0], scores[0], scores[2]])[2], normalised[2]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_comes_in_is_not_changed(ScoreNormalization normalization)
    {
        normalization.Of(analysis, analysis.Groups, scores);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], scores[0]);
    }

    public static TheoryData<ScoreNormalization> All => [.. Enum.GetValues<ScoreNormalization>()];
}
