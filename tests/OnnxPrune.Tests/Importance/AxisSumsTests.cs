using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

public class AxisSumsTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach (int outer in new[] { 1, 2, 5 })
            {
                foreach (int axis in new[] { 1, 3, 7, 8, 9, 16, 33 })
                {
                    foreach (int inner in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 25 }) shapes.Add(outer, axis, inner);
                }
            }
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_are_those_of_a_scalar_twin_bit_by_bit(int outer, int axis, int inner)
    {
        float[] values = Values(outer * axis * inner);
        foreach (var term in Enum.GetValues<AxisSums.Term>())
            Assert.Equal(Twin(values, axis, inner, term), AxisSums.Compute(values, axis, inner, term));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_are_close_to_the_naive_ones(int outer, int axis, int inner)
    {
        float[] values = Values(outer * axis * inner);
        foreach (var term in Enum.GetValues<AxisSums.Term>())
        {
            double[] sums = AxisSums.Compute(values, axis, inner, term), naive = new double[axis];
            for (int i = 0; i < values.Length; i++) naive[i / inner % axis] += One(values[i], term);
            for (int i = 0; i < axis; i++) Assert.Equal(naive[i], sums[i], 1e-12 * Math.Max(1, naive[i]));
        }
    }

    [Fact]
    public void Sums_do_not_depend_on_how_many_threads_ask()
    {
        float[] values = Values(64 * 33 * 17);
        double[] alone = AxisSums.Compute(values, 33, 17, AxisSums.Term.Square);
        var all = new double[16][];
        Parallel.For(0, all.Length, i => all[i] = AxisSums.Compute(values, 33, 17, AxisSums.Term.Square));
        Assert.All(all, sums => Assert.Equal(alone, sums));
    }

    [Fact]
    public void No_values_sum_to_zero() => Assert.Equal([0.0, 0.0], AxisSums.Compute([], 2, 3, AxisSums.Term.Magnitude));

    [Fact]
    public void Infinities_and_nan_stay_visible()
    {
        double[] sums = AxisSums.Compute([float.NegativeInfinity, 1, float.NaN, 1], 2, 2, AxisSums.Term.Magnitude);
        Assert.Equal([double.PositiveInfinity, double.NaN], sums);
    }

    // Element k of a contiguous run goes to lane k mod 8; the lanes are added in order. The last axis has runs of one element.
    private static double[] Twin(float[] values, int axis, int inner, AxisSums.Term term)
    {
        var sums = new double[axis];
        for (int start = 0, row = 0; start < values.Length; start += inner, row++)
        {
            if (inner == 1)
            {
                sums[row % axis] += One(values[start], term);
                continue;
            }
            var lanes = new double[8];
            for (int k = 0; k < inner; k++) lanes[k % 8] += One(values[start + k], term);
            double run = 0;
            for (int lane = 0; lane < lanes.Length; lane++) run += lanes[lane];
            sums[row % axis] += run;
        }
        return sums;
    }

    private static double One(float value, AxisSums.Term term)
    {
        double wide = value;
        return term == AxisSums.Term.Square ? wide * wide : Math.Abs(wide);
    }

    private static float[] Values(int count)
    {
        var random = new SplitMix64(SplitMix64.Seed($"axis sums {count}"));
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.Next() - 0.5) * Math.Pow(10, (random.Next() * 8) - 4)))];
    }
}
