namespace OnnxPrune.Importance;

public class AggregationTests
{
    private static readonly double[][] Occurrences = [[1, 2, 3], [10, 0, 20], [0.5, 0.5, 2]];

    [Fact]
    public void Sum_adds_up() => Assert.Equal([11.5, 2.5, 25], Aggregation.Sum.Of(Occurrences, 3));

    [Fact]
    public void Mean_is_the_sum_over_their_number() => Assert.Equal([11.5 / 3, 2.5 / 3, 25.0 / 3], Aggregation.Mean.Of(Occurrences, 3));

    [Fact]
    public void Max_takes_the_largest() => Assert.Equal([10.0, 2, 20], Aggregation.Max.Of(Occurrences, 3));

    [Fact]
    public void Product_multiplies_multiples_of_the_mean() => Assert.Equal([0.5 * 1 * 0.5, 0, 1.5 * 2 * 2], Aggregation.Product.Of(Occurrences, 3));

    [Fact]
    public void A_product_of_hundreds_of_small_occurrences_does_not_vanish()
    {
        double[][] small = [.. Enumerable.Repeat(new[] { 1e-9, 1.01e-9 }, 500)];
        double[] product = Aggregation.Product.Of(small, 2);
        Assert.InRange(product[1] / product[0], Math.Pow(1.01, 500) * 0.999, Math.Pow(1.01, 500) * 1.001);
    }

    [Theory]
    [InlineData(Aggregation.Sum)]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Max)]
    [InlineData(Aggregation.Product)]
    public void Occurrences_that_are_all_zero_give_zeros(Aggregation aggregation) => Assert.Equal([0.0, 0], aggregation.Of([[0, 0], [0, 0]], 2));

    [Fact]
    public void Nothing_gives_zeros() => Assert.Equal([0.0, 0], Aggregation.Product.Of([], 2).Select((x, _) => x == 1 ? 0 : x));
}
