using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// How far outputs are from reference outputs: Σ‖y − y₀‖² / Σ‖y₀ − mean y₀‖² over samples, for each float output, averaged. 0 is equal, 1 is as bad as
/// the mean. Where outputs are the same for all samples, as those of a single one are, Σ‖y₀‖² takes the mean's place.
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
                sums[o] += Between(values[o], reference[batch][o]);
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
        double spread = reference.Sum(batch => batch[output].Select((v, i) => Square(v - mean[i % size])).Sum());
        return spread > 0 ? spread : reference.Sum(batch => batch[output].Sum(Square));
    }

    // Outputs such as detections may differ in number: what only one side has is compared with nothing.
    private static double Between(double[] values, double[] others)
    {
        double sum = 0;
        for (int i = 0; i < Math.Max(values.Length, others.Length); i++)
            sum += Square((i < values.Length ? values[i] : 0) - (i < others.Length ? others[i] : 0));
        return sum;
    }

    private static IEnumerable<HostTensor> FloatsOf(IReadOnlyList<HostTensor> outputs) => outputs.Where(o => o.IsFloat);

    private static IReadOnlyList<double[]> Floats(IReadOnlyList<HostTensor> outputs) => FloatsOf(outputs).Select(o => o.ToDoubles()).ToList();

    private static double Square(double x) => x * x;
}
