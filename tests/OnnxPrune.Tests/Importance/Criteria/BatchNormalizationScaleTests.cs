using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

public class BatchNormalizationScaleTests
{
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3,8,8] x) => (float[N,4,a,b] y)
        <float[6,3,3,3] w1 = normal 0.1, float[6] s = normal 1, float[6] t = normal 1, float[6] u = normal 1, float[6] v = uniform 1 2, float[5,6,3,3] w2 = normal 0.1, float[4,5,1,1] w3 = normal 0.1>
        { h = Conv(x, w1) n = BatchNormalization(h, s, t, u, v) r = Relu(n) i = Conv(r, w2) y = Conv(i, w3) }
        """);

    [Fact]
    public void A_group_that_passes_a_BatchNormalization_is_scored_by_its_scale_alone()
    {
        double[] scale = Tensors.Doubles(analysis.Graph.Initializers.Single(v => v.Name == "s").Initializer!);
        double[] scores = Scores(new BatchNormalizationScale())[0];
        for (int c = 0; c < 6; c++) Assert.Equal(Math.Abs(scale[c]), scores[c], 1e-12);
    }

    [Fact]
    public void A_group_without_one_is_scored_by_the_norm_of_its_slices() =>
        Assert.Equal(Scores(new EuclideanNorm())[1], Scores(new BatchNormalizationScale())[1]);

    private IReadOnlyList<double[]> Scores(WeightCriterion criterion) =>
        ImportanceScores.Compute(analysis, analysis.Groups, criterion, Aggregation.Sum, ScoreNormalization.None, seed: 0);
}
