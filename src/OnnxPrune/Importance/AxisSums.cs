using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxPrune.Importance;

/// <summary>
/// Sums f(w) over everything but one axis of a tensor. The tensor is seen as [outer, axis, inner], row-major. Sums are kept in eight
/// double lanes that are added in a fixed order at the end, so that the result is the same bits on every machine: element k of a
/// contiguous run goes to lane k mod 8, products are rounded before they are added (no fused multiply-add), and Vector256 falls back
/// to the same lanes in software where the hardware has none.
/// </summary>
internal static class AxisSums
{
    private const int Lanes = 8;

    /// <summary>What is summed.</summary>
    public enum Term
    {
        /// <summary>|w|.</summary>
        Magnitude,

        /// <summary>w².</summary>
        Square,
    }

    /// <summary>The sum for each index of the axis.</summary>
    /// <param name="values">outer·axis·inner values.</param>
    /// <param name="axis">Size of the axis.</param>
    /// <param name="inner">Product of the sizes of the following axes.</param>
    /// <param name="term">What is summed.</param>
    /// <returns>One sum per index.</returns>
    public static double[] Compute(ReadOnlySpan<float> values, int axis, int inner, Term term)
    {
        var sums = new double[axis];
        if (inner == 1) return AcrossRows(values, sums, term);
        for (int start = 0; start < values.Length; start += axis * inner)
        {
            for (int i = 0; i < axis; i++) sums[i] += Run(values.Slice(start + (i * inner), inner), term);
        }
        return sums;
    }

    // The axis is the last one: every row adds one element to each sum, eight sums at a time.
    private static double[] AcrossRows(ReadOnlySpan<float> values, double[] sums, Term term)
    {
        for (int start = 0; start < values.Length; start += sums.Length)
        {
            var row = values.Slice(start, sums.Length);
            int i = 0;
            for (; i <= row.Length - Lanes; i += Lanes)
            {
                var (low, high) = Terms(row[i..], term);
                (Vector256.LoadUnsafe(ref sums[i]) + low).StoreUnsafe(ref sums[i]);
                (Vector256.LoadUnsafe(ref sums[i + 4]) + high).StoreUnsafe(ref sums[i + 4]);
            }
            for (; i < row.Length; i++) sums[i] += One(row[i], term);
        }
        return sums;
    }

    private static double Run(ReadOnlySpan<float> run, Term term)
    {
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= run.Length - Lanes; i += Lanes)
        {
            var (nextLow, nextHigh) = Terms(run[i..], term);
            low += nextLow;
            high += nextHigh;
        }
        Span<double> lanes = stackalloc double[Lanes];
        low.CopyTo(lanes);
        high.CopyTo(lanes[4..]);
        for (int lane = 0; i < run.Length; i++, lane++) lanes[lane] += One(run[i], term);
        double sum = 0;
        foreach (double lane in lanes) sum += lane;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Low, Vector256<double> High) Terms(ReadOnlySpan<float> run, Term term)
    {
        var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(run)));
        return term == Term.Square ? (low * low, high * high) : (Vector256.Abs(low), Vector256.Abs(high));
    }

    private static double One(float value, Term term) => term == Term.Square ? (double)value * value : Math.Abs((double)value);
}
