namespace OnnxPrune.Numerics;

/// <summary>
/// The Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix. Row-oriented: every inner loop is a product of two
/// contiguous rows.
/// </summary>
public sealed class Cholesky
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
        var inverse = new Matrix(factor.Rows, factor.Rows);
        for (int i = 0; i < factor.Rows; i++) inverse[i, i] = 1;
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
