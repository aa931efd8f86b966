using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// Ridge regression that starts from given weights: minimises E‖t − W·x − b‖² + λ‖W − W₀‖², so that directions in which the data says
/// nothing keep the weights that they had.
/// </summary>
internal static class LeastSquares
{
    /// <summary>W, and b = E t − W·E x; null when the moments are not finite, or no feature varies.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="start">W₀, [outputs, features].</param>
    /// <param name="ridge">λ as a share of the mean variance of a feature.</param>
    public static (Matrix Weights, double[] Intercept)? Solve(Moments moments, Matrix start, double ridge)
    {
        int n = moments.Gram.Rows;
        if (Cholesky.Ridged(moments.Gram, ridge) is not { } factored) return null;
        var change = moments.Cross.Copy();
        Parallel.For(0, start.Rows, o =>
        {
            var row = change.Row(o);
            for (int i = 0; i < n; i++) FixedOrder.AddScaled(row, -start[o, i], moments.Gram.Row(i));
        });
        factored.SolveRows(change);
        FixedOrder.AddScaled(change.Values, 1, start.Values);
        var intercept = new double[start.Rows];
        for (int o = 0; o < start.Rows; o++) intercept[o] = moments.Targets[o] - FixedOrder.Dot(change.Row(o), moments.Features);
        return FixedOrder.Dot(change.Values, change.Values) < double.PositiveInfinity && Array.TrueForAll(intercept, double.IsFinite)
            ? (change, intercept)
            : null;
    }
}
