using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>Criteria on activations against plain loops over the activations themselves, which the criteria see only as moments.</summary>
public class ActivationCriterionTests
{
    private const int Positions = 40, Inputs = 4, Taps = 2, Outputs = 3, Convolutions = 2, Size = 4;

    // Inputs 4 to 7 belong to the second convolution group. Channel 0 has two inputs of one group, channel 1 one in each; nothing reads channel 3.
    private static readonly int[] Channels = [0, 1, 0, -1, 2, 1, -1, -1];

    private readonly double[][,] data = [Data(0), Data(1)];
    private readonly Matrix[] weights = [Weights(2), Weights(3)];

    public static TheoryData<string> Names => [.. CriterionTable.All.OfType<ActivationCriterion>().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_are_those_of_plain_loops(string name)
    {
        var criterion = (ActivationCriterion)CriterionTable.Named(name);
        double[] scores = Array.ConvertAll(criterion.Score(new GroupReader(Layer(), Channels), Size), criterion.Finish);
        for (int c = 0; c < Size; c++) Assert.Equal(c == 3 ? 0 : Naive(name, c), scores[c], 1e-9);
        Assert.Equal(Size, scores.Distinct().Count());
    }

    [Fact]
    public void A_criterion_that_needs_zeros_says_so_where_they_were_not_counted() =>
        Assert.ThrowsAny<Exception>(() => new ActiveShare().Score(new GroupReader(Layer() with { Zeros = null }, Channels), Size));

    private double Naive(string name, int channel)
    {
        var own = (from g in Enumerable.Range(0, Convolutions)
                   from i in Enumerable.Range(0, Inputs)
                   where Channels[(g * Inputs) + i] == channel
                   from tap in Enumerable.Range(0, Taps)
                   select (Group: g, Feature: (i * Taps) + tap)).ToList();
        double Mean(Func<int, double> f) => Enumerable.Range(0, Positions).Average(f);
        double Of(int group, int feature, int position) => data[group][position, feature];
        switch (name)
        {
            case "act-norm": return Math.Sqrt(own.Sum(f => Mean(p => Square(Of(f.Group, f.Feature, p)))) / Taps);
            case "apoz": return own.Average(f => Mean(p => Of(f.Group, f.Feature, p) == 0 ? 0 : 1));
            case "wanda":
                return own.Sum(f =>
                Enumerable.Range(0, Outputs).Sum(
                    o => Math.Abs(weights[f.Group][o, f.Feature])) * Math.Sqrt(Mean(p => Square(Of(f.Group, f.Feature, p)))));
            case "fluctuation":
                return own.Sum(f =>
                {
                    double mean = Mean(p => Of(f.Group, f.Feature, p));
                    return Mean(p => Square(Of(f.Group, f.Feature, p) - mean)) * Enumerable.Range(0, Outputs)
                        .Sum(o => Square(weights[f.Group][o, f.Feature]));
                });
            case "projection":
                return Math.Sqrt(
                    Mean(p =>
                        own.GroupBy(f => f.Group).Sum(g =>
                                Enumerable.Range(0, Outputs)
                                    .Sum(o => Square(g.Sum(f => weights[f.Group][o, f.Feature] * Of(f.Group, f.Feature, p)))))));
            default:
                double whole = Mean(p =>
                    Enumerable.Range(0, Convolutions).Sum(g =>
                            Enumerable.Range(0, Outputs).Sum(
                                o => Square(Enumerable.Range(0, Inputs * Taps).Sum(f => weights[g][o, f] * Of(g, f, p))))));
                return Math.Sqrt(
                    own.GroupBy(f => f.Group).Sum(
                        g => LargestGain(g.Key, [.. g.Select(f => f.Feature)]) * g.Sum(f => Mean(p => Square(Of(f.Group, f.Feature, p))))) / whole);
        }
    }

    // The largest ‖W_c v‖² of a unit vector v, by power iteration.
    private double LargestGain(int group, int[] features)
    {
        double[] vector = [.. features.Select((_, k) => 1.0 + (0.1 * k))];
        double gain = 0;
        for (int step = 0; step < 20000; step++)
        {
            double length = Math.Sqrt(vector.Sum(Square));
            vector = [.. vector.Select(v => v / length)];
            double[] image = [.. Enumerable.Range(0, Outputs).Select(o => features.Select((f, k) => weights[group][o, f] * vector[k]).Sum())];
            gain = image.Sum(Square);
            vector = [.. features.Select(f => Enumerable.Range(0, Outputs).Sum(o => weights[group][o, f] * image[o]))];
        }
        return gain;
    }

    private LayerInputs Layer()
    {
        var moments = new List<Matrix>();
        var means = new List<double[]>();
        var zeros = new List<double[]>();
        foreach (double[,] x in data)
        {
            int features = x.GetLength(1);
            var moment = new Matrix(features, features);
            for (int i = 0; i < features; i++)
                for (int j = 0; j < features; j++)
                    for (int p = 0; p < Positions; p++) moment[i, j] += x[p, i] * x[p, j] / Positions;
            moments.Add(moment);
            means.Add([.. Enumerable.Range(0, features).Select(f => Enumerable.Range(0, Positions).Average(p => x[p, f]))]);
            zeros.Add([.. Enumerable.Range(0, features).Select(f => Enumerable.Range(0, Positions).Count(p => x[p, f] == 0) / (double)Positions)]);
        }
        return new LayerInputs(Taps, weights, moments, means, zeros);
    }

    // As behind a Relu: nearly half of the numbers are zero.
    private static double[,] Data(int seed)
    {
        double[] values = CholeskyTests.Vector(Positions * Inputs * Taps, seed);
        var x = new double[Positions, Inputs * Taps];
        for (int i = 0; i < values.Length; i++) x[i / (Inputs * Taps), i % (Inputs * Taps)] = Math.Max(0, values[i] + (0.1 * (i % 5)));
        return x;
    }

    private static Matrix Weights(int seed)
    {
        var matrix = new Matrix(Outputs, Inputs * Taps);
        CholeskyTests.Vector(Outputs * Inputs * Taps, seed).CopyTo(matrix.Values);
        return matrix;
    }

    private static double Square(double x) => x * x;
}
