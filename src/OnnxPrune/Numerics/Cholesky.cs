namespace OnnxPrune.Numerics;

/// <summary>
/// The Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix. Row-oriented: every inner loop is a product of two
/// contiguous rows.
/// </summary>
internal sealed class Cholesky
{
    // Rows that are factored one after the other; the rows below them follow in parallel.
    private const int Block = 64;

    private readonly Matrix factor;

    private Cholesky(Matrix factor) => this.factor = factor;

    /// <summary>Factors <paramref name="matrix"/>, of which only the lower triangle is read.</summary>
    /// <returns>The factorisation, or null when the matrix is not positive definite.</returns>
    public static Cholesky? Of(Matrix matrix)
    {
        var l = matrix.Copy();
        for (int start = 0; start < l.Rows; start += Block)
        {
            int end = Math.Min(l.Rows, start + Block);
            for (int row = start; row < end; row++)
            {
                Reduce(l, row, start, row);
                double pivot = l[row, row] - FixedOrder.Dot(l.Row(row)[..row], l.Row(row)[..row]);
                if (!(pivot > 0)) return null;
                l[row, row] = Math.Sqrt(pivot);
            }
            if (end < l.Rows) Parallel.For(end, l.Rows, row => Reduce(l, row, start, end));
        }
        return new Cholesky(l);
    }

    /// <summary>
    /// Factors A + λI, with λ a share of the mean of A's diagonal. Sums of products in single precision can be indefinite by rounding; then λ
    /// grows tenfold until it covers that.
    /// </summary>
    /// <param name="matrix">A, symmetric and positive semidefinite up to rounding.</param>
    /// <param name="ridge">The share to begin with, above 0.</param>
    /// <returns>The factorisation, or null when the diagonal is not finite, or nothing on it is positive in the mean.</returns>
    public static Cholesky? Ridged(Matrix matrix, double ridge)
    {
        double mean = 0;
        for (int i = 0; i < matrix.Rows; i++) mean += matrix[i, i] / matrix.Rows;
        if (!double.IsFinite(mean) || !(mean > 0)) return null;
        for (double share = ridge; share <= 1; share *= 10)
        {
            var system = matrix.Copy();
            for (int i = 0; i < matrix.Rows; i++) system[i, i] += share * mean;
            if (Of(system) is { } factored) return factored;
        }
        return null;
    }

    /// <summary>Solves A·x = b in place.</summary>
    /// <param name="vector">b on entry, x on return.</param>
    public void Solve(Span<double> vector)
    {
        for (int i = 0; i < vector.Length; i++)
            vector[i] = (vector[i] - FixedOrder.Dot(factor.Row(i)[..i], vector[..i])) / factor[i, i];
        for (int i = vector.Length - 1; i >= 0; i--)
        {
            vector[i] /= factor[i, i];
            FixedOrder.AddScaled(vector[..i], -vector[i], factor.Row(i)[..i]);
        }
    }

    /// <summary>Solves A·x = b for every row b of <paramref name="rows"/>, in place.</summary>
    public void SolveRows(Matrix rows) => Parallel.For(0, rows.Rows, i => Solve(rows.Row(i)));

    /// <summary>A⁻¹.</summary>
    public Matrix Inverse()
    {
        var inverse = Matrix.Identity(factor.Rows);
        SolveRows(inverse);
        return inverse;
    }

    // The elements [from, to) of a row of L, from the rows above.
    private static void Reduce(Matrix l, int row, int from, int to)
    {
        for (int column = from; column < to; column++)
        {
            double rest = l[row, column] - FixedOrder.Dot(l.Row(row)[..column], l.Row(column)[..column]);
            l[row, column] = rest / l[column, column];
        }
    }
}
