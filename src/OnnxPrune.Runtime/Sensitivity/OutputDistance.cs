using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// How far outputs are from reference outputs: Σ‖y − y₀‖² / Σ‖y₀ − mean y₀‖², for each float output, averaged. 0 is equal, 1 is as bad as the
/// mean. The mean is over the first axis, which counts samples; where it has one index in all, over everything. Outputs that do not vary say nothing,
/// nor do reference elements that are not finite. An output of another size than the reference's, whose size depends on data, is as bad as the mean.
/// </summary>
internal sealed class OutputDistance
{
    // What no longer computes finite numbers.
    private const double Ruined = 1e6;
    private readonly List<double[]>[] reference;
    private readonly double[] spread;

    /// <summary>Takes the reference: for every batch the outputs in order.</summary>
    public OutputDistance(IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        reference = [.. outputs.Select(Floats)];
        spread = [.. Enumerable.Range(0, reference[0].Count).Select(o => Spread(o, outputs))];
    }

    /// <summary>True where an output varies: else all distances are 0.</summary>
    public bool Distinguishes => Array.Exists(spread, s => s > 0);

    /// <summary>The distance of other outputs.</summary>
    public double Of(IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        var distances = new double[spread.Length];
        for (int batch = 0; batch < outputs.Count; batch++)
        {
            var values = Floats(outputs[batch]);
            for (int o = 0; o < distances.Length; o++) distances[o] += Squares(values[o], reference[batch][o], spread[o]);
        }
        double distance = Enumerable.Range(0, spread.Length)
            .Where(o => spread[o] > 0)
            .Select(o => distances[o] / spread[o])
            .DefaultIfEmpty(0)
            .Average();
        return distance < Ruined ? distance : Ruined;
    }

    private static double Squares(double[] values, double[] reference, double otherwise)
    {
        if (values.Length != reference.Length) return otherwise;
        double sum = 0;
        for (int i = 0; i < values.Length; i++) if (double.IsFinite(reference[i])) sum += Square(values[i] - reference[i]);
        return sum;
    }

    private double Spread(int output, IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        long samples = outputs.Sum(b => FloatsOf(b).ElementAt(output).Dims.FirstOrDefault(1)), all = reference.Sum(b => (long)b[output].Length);
        int size = samples > 1 && all % samples == 0 ? (int)(all / samples) : 1;
        var (sums, counts) = (new double[size], new double[size]);
        foreach (var batch in reference)
        {
            for (int i = 0; i < batch[output].Length; i++)
            {
                if (!double.IsFinite(batch[output][i])) continue;
                sums[i % size] += batch[output][i];
                counts[i % size]++;
            }
        }
        return reference.Sum(batch => batch[output].Select((v, i) => double.IsFinite(v) ? Square(v - (sums[i % size] / counts[i % size])) : 0).Sum());
    }

    private static IEnumerable<HostTensor> FloatsOf(IReadOnlyList<HostTensor> outputs) => outputs.Where(o => o.IsFloat);

    private static List<double[]> Floats(IReadOnlyList<HostTensor> outputs) => [.. FloatsOf(outputs).Select(o => o.ToDoubles())];

    private static double Square(double x) => x * x;
}
