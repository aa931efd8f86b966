using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

public class ImportanceScoresTests
{
    private const string Network = """
        g (float[N,3,8,8] x) => (float[N,2] y)
        <float[6,3,3,3] w1 = normal 0.1, float[6] b1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1, float[64,2] w3 = normal 0.1>
        { h = Conv(x, w1, b1) r = Relu(h) i = Conv(r, w2) s = Relu(i) f = Flatten(s) y = MatMul(f, w3) }
        """;

    private readonly ModelAnalysis analysis = Analysis.Of(Network);

    [Fact]
    public void L1_is_the_sum_of_magnitudes_over_all_coupled_slices()
    {
        double[] scores = Scores(new SumOfMagnitudes())[0];
        for (int c = 0; c < 6; c++) Assert.Equal(Sum("w1", 27, 6, c) + Sum("b1", 1, 6, c) + Sum("w2", 9, 6, c), scores[c], 1e-12);
    }

    [Fact]
    public void L2_is_the_norm_over_all_coupled_slices_of_a_flattened_channel_too()
    {
        double[] scores = Scores(new EuclideanNorm())[1];
        for (int c = 0; c < 4; c++)
            Assert.Equal(Math.Sqrt(Sum("w2", 54, 4, c, square: true) + Sum("w3", 32, 4, c, square: true)), scores[c], 1e-12);
    }

    [Fact]
    public void Statistics_that_only_rescale_do_not_count()
    {
        static double[] Scores(string variance) => Compute(Analysis.Of($$"""
            g (float[N,3,8,8] x) => (float[N,4,a,b] y)
            <float[6,3,3,3] w1 = normal 0.1, float[6] s = normal 1, float[6] t = normal 1, float[6] u = normal 1, float[6] v = {{variance}}, float[4,6,3,3] w2 = normal 0.1>
            { h = Conv(x, w1) n = BatchNormalization(h, s, t, u, v) y = Conv(n, w2) }
            """))[0];
        Assert.Equal(Scores("uniform 1 2"), Scores("uniform 100 200"));
    }

    [Theory]
    [InlineData(ScoreNormalization.Mean)]
    [InlineData(ScoreNormalization.Max)]
    [InlineData(ScoreNormalization.Sum)]
    public void Normalised_scores_have_the_unit_they_promise(ScoreNormalization normalization)
    {
        var all = ImportanceScores.Compute(analysis, analysis.Groups, new SumOfMagnitudes(), Aggregation.Sum, normalization, seed: 0);
        foreach (double[] scores in all)
        {
            double unit = normalization switch { ScoreNormalization.Mean => scores.Average(), ScoreNormalization.Max => scores.Max(), _ => scores.Sum() };
            Assert.Equal(1, unit, 1e-12);
        }
    }

    [Fact]
    public void Random_scores_follow_the_seed_and_the_group_alone()
    {
        var forward = ImportanceScores.Compute(analysis, analysis.Groups, new RandomScore(), Aggregation.Sum, ScoreNormalization.None, seed: 7);
        var backward = ImportanceScores.Compute(
            analysis, [.. analysis.Groups.Reverse()], new RandomScore(), Aggregation.Sum, ScoreNormalization.None, seed: 7);
        Assert.Equal(forward, backward.Reverse());
        Assert.NotEqual(
            forward, ImportanceScores.Compute(analysis, analysis.Groups, new RandomScore(), Aggregation.Sum, ScoreNormalization.None, seed: 8));
        Assert.NotEqual(forward[0].Take(4), forward[1]);
    }

    private static IReadOnlyList<double[]> Compute(ModelAnalysis analysis) =>
        ImportanceScores.Compute(analysis, analysis.Groups, new EuclideanNorm(), Aggregation.Sum, ScoreNormalization.None, seed: 0);

    private IReadOnlyList<double[]> Scores(WeightCriterion criterion) =>
        ImportanceScores.Compute(analysis, analysis.Groups, criterion, Aggregation.Sum, ScoreNormalization.None, seed: 0);

    // The channel's elements, where consecutive channels lie `run` elements apart in blocks of `channels` runs.
    private double Sum(string weight, int run, int channels, int channel, bool square = false)
    {
        var tensor = analysis.Graph.Initializers.First(v => v.Name == weight).Initializer!;
        var values = Tensors.Floats(tensor);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i / run % channels == channel) sum += square ? (double)values[i] * values[i] : Math.Abs((double)values[i]);
        }
        return sum;
    }
}
