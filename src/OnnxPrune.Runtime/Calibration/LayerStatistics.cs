using OnnxPrune.Importance;
using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Execution;
using static OnnxPrune.Runtime.Calibration.GraphExtension;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Second moments of a linear layer over calibration data: Σ xxᵀ, Σ x tᵀ, Σ x, Σ t for features x and targets t, summed inside the
/// runtime batch by batch and added up here in double precision. Memory does not grow with the data.
/// </summary>
internal sealed class LayerStatistics : IBatchSums
{
    private readonly LinearLayer layer;
    private readonly Matrix[] gram;
    private Matrix[] cross;
    private readonly Matrix features;
    private Matrix targets;
    private readonly Matrix? active;
    private readonly string[] outputs;
    private readonly int[]? columns;
    private double positions;

    private LayerStatistics(LinearLayer layer, string[] outputs, int[]? columns, bool countsZeros)
    {
        this.layer = layer;
        this.columns = columns;
        this.outputs = outputs;
        int groups = layer.Groups, wide = layer.Features, high = layer.Outputs / groups;
        gram = [.. Enumerable.Range(0, groups).Select(_ => new Matrix(wide, wide))];
        cross = [.. Enumerable.Range(0, groups).Select(_ => new Matrix(high, wide))];
        features = new Matrix(groups, wide);
        targets = new Matrix(groups, high);
        active = countsZeros ? new Matrix(groups, wide) : null;
    }

    /// <summary>Adds to a graph what the statistics of a layer need.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="unfolding">The layer's design matrix.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Name of the features' source.</param>
    /// <param name="target">Name of the targets' source, shaped like the layer's output.</param>
    /// <param name="countsZeros">True to count the features that are exactly zero, too.</param>
    public static LayerStatistics AddTo(GraphExtension graph, Unfolding unfolding, LinearLayer layer, string input, string target, bool countsZeros)
    {
        string x = unfolding.Features(input), t = unfolding.Targets(target);
        int positionsAxis = layer.Groups == 1 ? 0 : 1;
        string transposed = graph.Node("Transpose", [t], layer.Groups == 1 ? Ints("perm", 1, 0) : Ints("perm", 0, 2, 1));
        string xTransposed = graph.Node("Transpose", [x], layer.Groups == 1 ? Ints("perm", 1, 0) : Ints("perm", 0, 2, 1));
        string[] outputs =
        [
            graph.Node("MatMul", [xTransposed, x]),
            graph.Node("MatMul", [transposed, x]),
            graph.Sum(x, positionsAxis),
            graph.Sum(t, positionsAxis),
            graph.Node("Shape", [t]),
            .. countsZeros ? [graph.Sum(graph.IsNotZero(x), positionsAxis)] : Array.Empty<string>(),
        ];
        foreach (string output in outputs) graph.Output(output);
        return new LayerStatistics(layer, outputs, unfolding.Columns, countsZeros);
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyDictionary<string, HostTensor> results)
    {
        AddAll(gram, results[outputs[0]]);
        AddAll(cross, results[outputs[1]]);
        AddAll([features], results[outputs[2]]);
        AddAll([targets], results[outputs[3]]);
        if (active is not null) AddAll([active], results[outputs[5]]);
        positions += results[outputs[4]].ToDoubles()[layer.Groups == 1 ? 0 : 1];
    }

    /// <summary>Puts other targets, at the same positions, in place of those before.</summary>
    public void Retarget(TargetSums sums)
    {
        cross = sums.Cross;
        targets = sums.Targets;
    }

    /// <summary>The moments per position of one group of the convolution.</summary>
    /// <param name="group">The group.</param>
    /// <param name="centred">True for moments about the means; false for moments about zero, where there can be no intercept.</param>
    public Moments Moments(int group, bool centred)
    {
        double share = centred ? 1 / positions : 0;
        var mean = features.Row(group).ToArray().Select(v => v * share).ToArray();
        var targetMean = targets.Row(group).ToArray().Select(v => v * share).ToArray();
        var (covariance, crossCovariance) = (Centred(gram[group], mean, mean), Centred(cross[group], targetMean, mean));
        if (columns is null) return new Moments(covariance, crossCovariance, mean, targetMean);
        var rows = Enumerable.Range(0, targetMean.Length).ToArray();
        return new Moments(covariance.Select(columns, columns), crossCovariance.Select(rows, columns), [.. columns.Select(c => mean[c])], targetMean);
    }

    /// <summary>What the layer reads, its moments about zero.</summary>
    public LayerInputs Inputs()
    {
        var groups = Enumerable.Range(0, layer.Groups).ToList();
        return new LayerInputs(
            layer.Taps,
            layer.ToMatrices(layer.Weight.Initializer!),
            groups.ConvertAll(g => Moments(g, centred: false).Gram),
            groups.ConvertAll(g => Shares(features.Row(g))),
            active is null ? null : groups.ConvertAll(g => Array.ConvertAll(Shares(active.Row(g)), share => 1 - share)));
    }

    // Per position, in the order of features.
    private double[] Shares(Span<double> sums)
    {
        double[] shares = Array.ConvertAll(sums.ToArray(), sum => sum / positions);
        return columns is null ? shares : [.. columns.Select(c => shares[c])];
    }

    private Matrix Centred(Matrix sums, double[] rowMeans, double[] columnMeans)
    {
        var centred = new Matrix(sums.Rows, sums.Columns);
        for (int i = 0; i < sums.Rows; i++)
        {
            var row = sums.Row(i);
            var target = centred.Row(i);
            for (int j = 0; j < row.Length; j++) target[j] = (row[j] / positions) - (rowMeans[i] * columnMeans[j]);
        }
        return centred;
    }

    /// <summary>Adds the elements of a tensor to matrices that hold them one after the other.</summary>
    public static void AddAll(Matrix[] sums, HostTensor tensor)
    {
        double[] values = tensor.ToDoubles();
        int start = 0;
        foreach (var sum in sums)
        {
            FixedOrder.AddScaled(sum.Values, 1, values.AsSpan(start, sum.Values.Length));
            start += sum.Values.Length;
        }
    }
}

/// <summary>Second moments of features x and targets t, per position, about their means or about zero.</summary>
/// <param name="Gram">cov(x, x), [features, features].</param>
/// <param name="Cross">cov(t, x), [outputs, features].</param>
/// <param name="Features">E x, or zeros.</param>
/// <param name="Targets">E t, or zeros.</param>
internal sealed record Moments(Matrix Gram, Matrix Cross, double[] Features, double[] Targets);
