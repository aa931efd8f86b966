namespace OnnxPrune.Importance;

/// <summary>Criteria on weights against plain loops over the elements of each channel.</summary>
public class WeightCriterionTests
{
    private static readonly string[] Groups = ["chain", "flattened", "concat, left", "concat, right", "in groups", "depthwise", "gated"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var criterion in CriterionTable.All.Where(c => c is SliceCriterion))
                foreach (string group in Groups) cases.Add(criterion.Name, group);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_those_of_plain_loops(string criterion, string group)
    {
        var scored = ScoredGroup.Named(group);
        var counting = Counting(criterion, scored.Occurrences);
        var expected = new double[scored.Group.Size];
        foreach (var occurrence in counting)
            for (int c = 0; c < expected.Length; c++) expected[c] += Number(criterion, occurrence.Channels, c);
        if (criterion is "l2" or "bn-scale") expected = [.. expected.Select(Math.Sqrt)];

        double[] scores = Scores(criterion, scored);

        Assert.Equal(expected.Length, scores.Length);
        for (int c = 0; c < expected.Length; c++) Assert.Equal(expected[c], scores[c], 1e-12 * Math.Max(1, expected[c]));
        Assert.True(scores.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Max)]
    [InlineData(Aggregation.Product)]
    public void Squares_are_aggregated_before_the_root_is_taken(Aggregation aggregation)
    {
        var scored = ScoredGroup.Named("chain");
        var squares = scored.Occurrences.Select(o => o.Channels.Select(channel => channel.Sum(w => w * w)).ToArray()).ToList();

        double[] scores = Scores("l2", scored, aggregation);

        double[] expected = [.. aggregation.Of(squares, scores.Length).Select(Math.Sqrt)];
        for (int c = 0; c < expected.Length; c++) Assert.Equal(expected[c], scores[c], 1e-12);
    }

    [Fact]
    public void The_largest_channel_of_a_layer_has_a_lamp_score_of_one()
    {
        double[] scores = new LayerAdaptiveMagnitude().Score(
            new WeightSlices(ScoredGroup.Named("gated").Analysis).Of(ScoredGroup.Named("gated").Group)[0]);
        Assert.Equal(1, scores.Max());
    }

    private static IReadOnlyList<ScoredGroup.Occurrence> Counting(string criterion, IReadOnlyList<ScoredGroup.Occurrence> all) => criterion switch
    {
        "maw" => [.. all.Where(o => o.Produces)],
        "fpgm" => [.. all.Where(o => o.Rank > 1)],
        _ => all,
    };

    private static double Number(string criterion, IReadOnlyList<IReadOnlyList<double>> channels, int c)
    {
        double sum = 0;
        switch (criterion)
        {
            case "l1":
                foreach (double w in channels[c]) sum += Math.Abs(w);
                return sum;
            case "linf":
                foreach (double w in channels[c]) sum = Math.Max(sum, Math.Abs(w));
                return sum;
            case "maw":
                return channels[c].Max() + Math.Abs(channels[c].Min());
            case "lamp":
                foreach (var other in channels) if (Squares(other) >= Squares(channels[c])) sum += Squares(other);
                return Squares(channels[c]) / sum;
            case "fpgm":
                foreach (var other in channels) sum += Distance(channels[c], other);
                return sum;
            default:
                return Squares(channels[c]);
        }
    }

    private static double Squares(IReadOnlyList<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value * value;
        return sum;
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Count; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double[] Scores(string criterion, ScoredGroup scored, Aggregation aggregation = Aggregation.Sum) => ImportanceScores.Compute(
        scored.Analysis, [scored.Group], (WeightCriterion)CriterionTable.Named(criterion), aggregation, ScoreNormalization.None, seed: 0)[0];
}
