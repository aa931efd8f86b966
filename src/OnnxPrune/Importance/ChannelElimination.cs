using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>
/// Optimal Brain Surgeon over whole channels (Hassibi and Stork 1993; for groups of weights as in OBSPA): removes channels one after the
/// other, each time the one whose removal costs the outputs of a linear layer least when all remaining weights compensate for it. The
/// weights left over are the least-squares reconstruction itself.
/// </summary>
/// <remarks>
/// With H = XᵀX/P + λI over the F features of the layer and p the features of a channel, the cost is Σ_o w_p (H⁻¹_pp)⁻¹ w_pᵀ and the
/// compensation w −= w_p (H⁻¹_pp)⁻¹ H⁻¹_p,: — a block Gaussian elimination of H⁻¹.
/// </remarks>
internal sealed class ChannelElimination
{
    private readonly Matrix inverse;
    private readonly Matrix weights;
    private readonly int[][] features;
    private readonly bool[] removed;

    private ChannelElimination(Matrix inverse, Matrix weights, int[][] features)
    {
        this.inverse = inverse;
        this.weights = weights;
        this.features = features;
        removed = new bool[features.Length];
    }

    /// <summary>The layer's weights, [outputs, features], as they compensate for what was removed; removed features are zero.</summary>
    public Matrix Weights => weights;

    /// <summary>Prepares the elimination.</summary>
    /// <param name="hessian">H, [F, F], factored.</param>
    /// <param name="weights">The weights, [outputs, F].</param>
    /// <param name="features">The features of each channel; a feature belongs to one channel at most.</param>
    public static ChannelElimination Of(Cholesky hessian, Matrix weights, int[][] features) => new(hessian.Inverse(), weights.Copy(), features);

    /// <summary>What removing each channel would cost now: squared error per position, summed over outputs.</summary>
    public double[] Costs()
    {
        var costs = new double[features.Length];
        Parallel.For(0, features.Length, channel => costs[channel] = removed[channel] ? 0 : Cost(features[channel]));
        return costs;
    }

    /// <summary>Removes a channel and lets the remaining weights compensate.</summary>
    public void Remove(int channel)
    {
        int[] own = features[channel];
        removed[channel] = true;
        if (own.Length == 0) return;
        var all = Enumerable.Range(0, inverse.Columns).ToArray();
        var rows = inverse.Select(own, all);
        var solved = Solve(own, rows);
        Parallel.For(0, inverse.Rows, i => Eliminate(inverse.Row(i), own, solved));
        Parallel.For(0, weights.Rows, o => Eliminate(weights.Row(o), own, solved));
    }

    private double Cost(int[] own)
    {
        if (own.Length == 0) return 0;
        var block = Cholesky.Of(inverse.Select(own, own));
        if (block is null) return 0;
        double sum = 0;
        Span<double> part = stackalloc double[own.Length];
        Span<double> solved = stackalloc double[own.Length];
        for (int o = 0; o < weights.Rows; o++)
        {
            var row = weights.Row(o);
            for (int k = 0; k < own.Length; k++) part[k] = row[own[k]];
            part.CopyTo(solved);
            block.Solve(solved);
            sum += FixedOrder.Dot(part, solved);
        }
        return sum;
    }

    // (H⁻¹_pp)⁻¹ H⁻¹_p,: as rows.
    private Matrix Solve(int[] own, Matrix rows)
    {
        var block = Cholesky.Of(inverse.Select(own, own));
        if (block is null) return new Matrix(rows.Rows, rows.Columns);
        Span<double> column = stackalloc double[own.Length];
        for (int j = 0; j < rows.Columns; j++)
        {
            for (int k = 0; k < own.Length; k++) column[k] = rows[k, j];
            block.Solve(column);
            for (int k = 0; k < own.Length; k++) rows[k, j] = column[k];
        }
        return rows;
    }

    private static void Eliminate(Span<double> row, int[] own, Matrix solved)
    {
        Span<double> factors = stackalloc double[own.Length];
        for (int k = 0; k < own.Length; k++) factors[k] = row[own[k]];
        for (int k = 0; k < own.Length; k++) FixedOrder.AddScaled(row, -factors[k], solved.Row(k));
        foreach (int feature in own) row[feature] = 0;
    }
}
