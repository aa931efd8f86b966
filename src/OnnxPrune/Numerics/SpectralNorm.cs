namespace OnnxPrune.Numerics;

/// <summary>The largest singular value of a matrix.</summary>
internal static class SpectralNorm
{
    // The trace of A^(2^k) to the power 1/2^k is at most n^(1/2^k) times the largest eigenvalue: after 40 squarings, exact.
    private const int Squarings = 40;

    /// <summary>The square of the largest singular value of some columns of a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="columns">The columns.</param>
    public static double Squared(Matrix matrix, int[] columns)
    {
        var gram = new Matrix(columns.Length, columns.Length);
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
                for (int j = 0; j < columns.Length; j++) gram[i, j] += matrix[row, columns[i]] * matrix[row, columns[j]];
        }
        return columns.Length == 1 ? gram[0, 0] : LargestEigenvalue(gram);
    }

    // Squares A again and again, divided by its trace each time.
    private static double LargestEigenvalue(Matrix power)
    {
        double logarithm = 0, weight = 1;
        for (int k = 0; k < Squarings; k++, weight /= 2)
        {
            double trace = Trace(power);
            if (!(trace > 0)) return 0;
            logarithm += weight * Math.Log(trace);
            foreach (ref double value in power.Values) value /= trace;
            power = Square(power);
        }
        return Math.Exp(logarithm);
    }

    private static double Trace(Matrix matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Rows; i++) sum += matrix[i, i];
        return sum;
    }

    // Of a symmetric matrix.
    private static Matrix Square(Matrix matrix)
    {
        var square = new Matrix(matrix.Rows, matrix.Rows);
        for (int i = 0; i < matrix.Rows; i++)
            for (int j = 0; j < matrix.Rows; j++) square[i, j] = FixedOrder.Dot(matrix.Row(i), matrix.Row(j));
        return square;
    }
}
