using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>Block elimination against solving the least-squares problem of what is left from the start.</summary>
public class ChannelEliminationTests
{
    private const int Channels = 5, Taps = 3, Outputs = 4;

    private static readonly int[][] Features = [.. Enumerable.Range(0, Channels).Select(c => Enumerable.Range(c * Taps, Taps).ToArray())];

    [Theory]
    [InlineData(2)]
    [InlineData(2, 0)]
    [InlineData(4, 1, 3)]
    public void The_weights_left_over_are_the_least_squares_solution(params int[] removed)
    {
        var (hessian, weights) = Problem();
        var elimination = ChannelElimination.Of(Cholesky.Of(hessian)!, weights, Features);
        foreach (int channel in removed) elimination.Remove(channel);
        var direct = Direct(hessian, weights, removed);
        for (int o = 0; o < Outputs; o++)
            for (int f = 0; f < Channels * Taps; f++) Assert.Equal(direct[o, f], elimination.Weights[o, f], 1e-9);
    }

    [Fact]
    public void A_cost_is_what_the_squared_error_grows_by()
    {
        var (hessian, weights) = Problem();
        var elimination = ChannelElimination.Of(Cholesky.Of(hessian)!, weights, Features);
        double error = 0;
        var removed = new List<int>();
        foreach (int channel in new[] { 3, 0, 4 })
        {
            double cost = elimination.Costs()[channel];
            elimination.Remove(channel);
            removed.Add(channel);
            double now = Error(hessian, weights, Direct(hessian, weights, [.. removed]));
            Assert.Equal(now - error, cost, 1e-9);
            error = now;
        }
    }

    private static (Matrix Hessian, Matrix Weights) Problem()
    {
        var weights = new Matrix(Outputs, Channels * Taps);
        CholeskyTests.Vector(Outputs * Channels * Taps, 5).CopyTo(weights.Values);
        return (CholeskyTests.PositiveDefinite(Channels * Taps, 6), weights);
    }

    // W_kept = W H[:, kept] H[kept, kept]⁻¹.
    private static Matrix Direct(Matrix hessian, Matrix weights, int[] removed)
    {
        int[] kept = [.. Enumerable.Range(0, Channels * Taps).Where(f => !removed.Contains(f / Taps))];
        var solver = Cholesky.Of(hessian.Select(kept, kept))!;
        var result = new Matrix(Outputs, Channels * Taps);
        for (int o = 0; o < Outputs; o++)
        {
            double[] right = [.. kept.Select(k => FixedOrder.Dot(hessian.Row(k), weights.Row(o)))];
            solver.Solve(right);
            for (int k = 0; k < kept.Length; k++) result[o, kept[k]] = right[k];
        }
        return result;
    }

    private static double Error(Matrix hessian, Matrix weights, Matrix others)
    {
        double sum = 0;
        for (int o = 0; o < Outputs; o++)
        {
            double[] difference = [.. Enumerable.Range(0, Channels * Taps).Select(f => others[o, f] - weights[o, f])];
            for (int i = 0; i < difference.Length; i++) sum += difference[i] * FixedOrder.Dot(hessian.Row(i), difference);
        }
        return sum;
    }
}
