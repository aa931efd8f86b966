using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// How far outputs are from reference outputs: Σ‖y − y₀‖² / Σ‖y₀ − mean y₀‖² over samples, for each float output, averaged. 0 is equal, 1 is as bad as
/// the mean.
/// </summary>
internal sealed class OutputDistance
{
    private readonly IReadOnlyList<double[]>[] reference;
    private readonly double[] spread;

    /// <summary>Takes the reference: for every batch the outputs in order.</summary>
    public OutputDistance(IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        reference = [.. outputs.Select(Floats)];
        spread = [.. Enumerable.Range(0, reference[0].Count).Select(o => Spread(o, outputs))];
    }

    /// <summary>The distance of other outputs.</summary>
    public double Of(IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        var sums = new double[spread.Length];
        for (int batch = 0; batch < outputs.Count; batch++)
        {
            var values = Floats(outputs[batch]);
            for (int o = 0; o < sums.Length; o++)
                for (int i = 0; i < values[o].Length; i++) sums[o] += Square(values[o][i] - reference[batch][o][i]);
        }
        double distance = sums.Select((s, o) => spread[o] > 0 ? s / spread[o] : 0).DefaultIfEmpty(0).Average();
        return double.IsFinite(distance) ? distance : double.MaxValue;
    }

    private double Spread(int output, IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        long samples = outputs.Sum(b => FloatsOf(b).ElementAt(output).Dims.FirstOrDefault(1));
        int size = (int)(reference.Sum(b => (long)b[output].Length) / Math.Max(1, samples));
        var mean = new double[size];
        foreach (var batch in reference) for (int i = 0; i < batch[output].Length; i++) mean[i % size] += batch[output][i] / samples;
        return reference.Sum(batch => batch[output].Select((v, i) => Square(v - mean[i % size])).Sum());
    }

    private static IEnumerable<HostTensor> FloatsOf(IReadOnlyList<HostTensor> outputs) => outputs.Where(o => o.IsFloat);

    private static IReadOnlyList<double[]> Floats(IReadOnlyList<HostTensor> outputs) => FloatsOf(outputs).Select(o => o.ToDoubles()).ToList();

    private static double Square(double x) => x * x;
}
