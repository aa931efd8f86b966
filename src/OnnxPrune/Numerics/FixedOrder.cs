using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxPrune.Numerics;

/// <summary>
/// Vector kernels whose results are the same bits on every machine: element k goes to lane k mod 8, lanes are added in a fixed order at
/// the end, products are rounded before they are added. Vector256 falls back to the same lanes in software.
/// </summary>
internal static class FixedOrder
{
    private const int Lanes = 8;

    /// <summary>Σ a[k]·b[k].</summary>
    /// <param name="a">n numbers.</param>
    /// <param name="b">n numbers.</param>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            low += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
            high += Vector256.LoadUnsafe(ref x, (nuint)i + 4) * Vector256.LoadUnsafe(ref y, (nuint)i + 4);
        }
        Span<double> lanes = stackalloc double[Lanes];
        low.CopyTo(lanes);
        high.CopyTo(lanes[4..]);
        for (int lane = 0; i < a.Length; i++, lane++) lanes[lane] += a[i] * b[i];
        double sum = 0;
        foreach (double lane in lanes) sum += lane;
        return sum;
    }

    /// <summary>target[k] += scale·source[k].</summary>
    /// <param name="target">n numbers, changed.</param>
    /// <param name="scale">A number.</param>
    /// <param name="source">n numbers.</param>
    public static void AddScaled(Span<double> target, double scale, ReadOnlySpan<double> source)
    {
        ref double to = ref MemoryMarshal.GetReference(target);
        ref double from = ref MemoryMarshal.GetReference(source[..target.Length]);
        var factor = Vector256.Create(scale);
        int i = 0;
        for (; i <= target.Length - 4; i += 4)
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (factor * Vector256.LoadUnsafe(ref from, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        for (; i < target.Length; i++) target[i] += scale * source[i];
    }
}
