namespace OnnxPrune.Numerics;

/// <summary>The kernels against scalar twins, bit by bit.</summary>
public class FixedOrderTests
{
    public static TheoryData<int> Lengths => [0, 1, 3, 4, 7, 8, 9, 16, 31, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_dot_product_adds_eight_lanes_in_order(int n)
    {
        double[] a = CholeskyTests.Vector(n, 1), b = CholeskyTests.Vector(n, 2);
        var lanes = new double[8];
        for (int i = 0; i < n; i++) lanes[i % 8] += a[i] * b[i];
        double sum = 0;
        foreach (double lane in lanes) sum += lane;
        Assert.Equal(sum, FixedOrder.Dot(a, b));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adding_a_scaled_vector_rounds_product_and_sum(int n)
    {
        double[] target = CholeskyTests.Vector(n, 1), source = CholeskyTests.Vector(n, 2);
        double[] expected = [.. target.Select((t, i) => t + (0.3 * source[i]))];
        FixedOrder.AddScaled(target, 0.3, source);
        Assert.Equal(expected, target);
    }
}
