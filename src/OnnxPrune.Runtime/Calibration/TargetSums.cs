using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Execution;
using static OnnxPrune.Runtime.Calibration.GraphExtension;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Σ t xᵀ and Σ t of a layer for other targets than before, at the same positions.</summary>
internal sealed class TargetSums : IBatchSums
{
    private readonly string[] outputs;

    private TargetSums(string[] outputs, int groups, int high, int wide)
    {
        this.outputs = outputs;
        Cross = [.. Enumerable.Range(0, groups).Select(_ => new Matrix(high, wide))];
        Targets = new Matrix(groups, high);
    }

    /// <summary>Σ t xᵀ of each group of the convolution, features in the order of their columns.</summary>
    public Matrix[] Cross { get; }

    /// <summary>Σ t of each group.</summary>
    public Matrix Targets { get; }

    /// <summary>Adds to a graph what the sums need.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="features">Its design matrix.</param>
    /// <param name="targets">The targets in the same order.</param>
    public static TargetSums AddTo(GraphExtension graph, LinearLayer layer, string features, string targets)
    {
        string transposed = graph.Node("Transpose", [targets], layer.Groups == 1 ? Ints("perm", 1, 0) : Ints("perm", 0, 2, 1));
        string[] outputs = [graph.Node("MatMul", [transposed, features]), graph.Sum(targets, layer.Groups == 1 ? 0 : 1)];
        foreach (string output in outputs) graph.Output(output);
        return new TargetSums(outputs, layer.Groups, layer.Outputs / layer.Groups, layer.Features);
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyDictionary<string, HostTensor> results)
    {
        LayerStatistics.AddAll(Cross, results[outputs[0]]);
        LayerStatistics.AddAll([Targets], results[outputs[1]]);
    }
}
