using OnnxPrune.Numerics;
namespace OnnxPrune.Advanced;

/// <summary>A dense row-major matrix of doubles.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
public sealed class Matrix(int rows, int columns)
{
    private readonly double[] values = new double[checked(rows * columns)];

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>Number of columns.</summary>
    public int Columns => columns;

    /// <summary>All elements, row by row.</summary>
    public Span<double> Values => values;

    /// <summary>One element.</summary>
    public double this[int row, int column]
    {
        get => values[(row * columns) + column];
        set => values[(row * columns) + column] = value;
    }

    /// <summary>One row; a write to the row changes the matrix.</summary>
    public Span<double> Row(int row) => values.AsSpan(row * columns, columns);

    /// <summary>The identity matrix multiplied by a number.</summary>
    public static Matrix Identity(int size, double scale = 1)
    {
        var identity = new Matrix(size, size);
        for (int i = 0; i < size; i++) identity[i, i] = scale;
        return identity;
    }

    /// <summary>A copy.</summary>
    public Matrix Copy()
    {
        var copy = new Matrix(rows, columns);
        values.CopyTo(copy.values, 0);
        return copy;
    }

    /// <summary>Σ r·this·rᵀ over the rows r of another matrix R: the trace of R·this·Rᵀ. This matrix is square.</summary>
    /// <param name="others">R, with the same number of columns as this matrix.</param>
    public double Energy(Matrix others)
    {
        double sum = 0;
        for (int o = 0; o < others.Rows; o++)
        {
            var row = others.Row(o);
            for (int i = 0; i < rows; i++) sum += row[i] * FixedOrder.Dot(Row(i), row);
        }
        return sum;
    }

    /// <summary>The rows and columns in <paramref name="keptRows"/> and <paramref name="keptColumns"/>, in the order of these lists.</summary>
    public Matrix Select(ReadOnlySpan<int> keptRows, ReadOnlySpan<int> keptColumns)
    {
        var selected = new Matrix(keptRows.Length, keptColumns.Length);
        for (int i = 0; i < keptRows.Length; i++)
        {
            var row = Row(keptRows[i]);
            var target = selected.Row(i);
            for (int j = 0; j < keptColumns.Length; j++) target[j] = row[keptColumns[j]];
        }
        return selected;
    }
}
