namespace OnnxPrune.Numerics;

/// <summary>The factorisation against its definition.</summary>
public class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(150)]
    public void A_solution_satisfies_the_system(int n)
    {
        var a = PositiveDefinite(n, seed: n);
        var b = Vector(n, seed: 1000 + n);
        double[] x = [.. b];
        Cholesky.Of(a)!.Solve(x);
        for (int i = 0; i < n; i++) Assert.Equal(b[i], FixedOrder.Dot(a.Row(i), x), 1e-8);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void The_inverse_times_the_matrix_is_the_identity(int n)
    {
        var a = PositiveDefinite(n, seed: n);
        var inverse = Cholesky.Of(a)!.Inverse();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) Assert.Equal(i == j ? 1 : 0, FixedOrder.Dot(a.Row(i), inverse.Row(j)), 1e-8);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_no_factor()
    {
        var a = new Matrix(2, 2) { [0, 0] = 1, [1, 0] = 2, [0, 1] = 2, [1, 1] = 1 };
        Assert.Null(Cholesky.Of(a));
    }

    [Fact]
    public void The_ridge_grows_until_it_covers_rounding()
    {
        var a = new Matrix(2, 2) { [0, 0] = 1, [1, 0] = 1.2, [0, 1] = 1.2, [1, 1] = 1 };
        var solved = new[] { 1.0, 0 };
        Cholesky.Ridged(a, 0.05)!.Solve(solved);
        Assert.Equal(1, ((1 + 0.5) * solved[0]) + (1.2 * solved[1]), 1e-12);
        Assert.Equal(0, (1.2 * solved[0]) + ((1 + 0.5) * solved[1]), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Nothing_that_varies_has_no_ridge(double diagonal) => Assert.Null(Cholesky.Ridged(Matrix.Identity(3, diagonal), 0.01));

    internal static Matrix PositiveDefinite(int n, int seed)
    {
        var factor = new Matrix(n, n);
        Vector(n * n, seed).CopyTo(factor.Values);
        var a = new Matrix(n, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) a[i, j] = (FixedOrder.Dot(factor.Row(i), factor.Row(j)) / n) + (i == j ? 0.1 : 0);
        return a;
    }

    internal static double[] Vector(int n, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
