using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Outputs a and b count as equal if |a - b| ≤ <paramref name="Floor"/> + <paramref name="Absolute"/>·scale + <paramref name="Relative"/>·|b| for
/// every element, where scale is the largest finite magnitude in b. An infinite element equals itself only.
/// </summary>
/// <param name="Absolute">Relative to the output's scale.</param>
/// <param name="Relative">Relative to the element.</param>
/// <param name="Floor">Absolute: kernels of Sigmoid and the like are exact to 2⁻²⁴ of 1, not of their result.</param>
/// <remarks>
/// Removing zeros from a sum changes the order of its additions, nothing else. In float32 that moves a result by some 2⁻²⁴·√k of
/// its scale, k being the length of the longest chain of additions; 1e-4 is 1,700 such units and leaves room for depth, while a single
/// channel taken from the wrong place moves outputs by a percent and more. Half-precision rounds at 2⁻¹¹ and 2⁻⁸. Where activations are
/// rounded to 8 bits, a sum near a boundary occasionally moves to the next of 256 numbers, and so do later sums.
/// </remarks>
internal sealed record Tolerance(double Absolute, double Relative, double Floor)
{
    /// <summary>For float32 and wider.</summary>
    public static readonly Tolerance Single = new(1e-4, 1e-3, 1e-6);

    /// <summary>For models that compute in float16 or bfloat16 anywhere.</summary>
    public static readonly Tolerance Half = new(2e-2, 2e-2, 1e-3);

    /// <summary>
    /// For models that round float sums to quantised activations. Sums of integers are exact, and most runtimes compute such models in
    /// integers: this is for those that are not equal by <see cref="Single"/>.
    /// </summary>
    public static readonly Tolerance Quantized = new(2e-2, 2e-2, 1e-3) { Quanta = 3 };

    /// <summary>By how much integers of 8 and 16 bits may differ; others are positions and sizes, and are equal or not.</summary>
    public int Quanta { get; init; }

    /// <summary>The largest error in units of the tolerance: at most 1 is equal. Infinite where a value is NaN or the shapes differ.</summary>
    public double ErrorOf(HostTensor actual, HostTensor expected)
    {
        if (!actual.Dims.AsSpan().SequenceEqual(expected.Dims) || actual.Type != expected.Type) return double.PositiveInfinity;
        if (Quanta > 0 && expected.IsNarrowInteger) return LargestDifference(actual, expected) / Quanta;
        if (!expected.IsFloat) return actual.Data.AsSpan().SequenceEqual(expected.Data) ? 0 : double.PositiveInfinity;
        double[] a = actual.ToDoubles(), b = expected.ToDoubles();
        double scale = b.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double worst = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] == b[i]) continue;
            double error = Math.Abs(a[i] - b[i]) / (Floor + (Absolute * scale) + (Relative * Math.Abs(b[i])));
            worst = Math.Max(worst, double.IsNaN(error) ? double.PositiveInfinity : error);
        }
        return worst;
    }

    /// <summary>The largest |a - b|.</summary>
    public static double LargestDifference(HostTensor a, HostTensor b) =>
        a.Dims.AsSpan().SequenceEqual(b.Dims)
            ? a.ToDoubles().Zip(b.ToDoubles(), (x, y) => Math.Abs(x - y)).DefaultIfEmpty(0).Max()
            : double.PositiveInfinity;
}
