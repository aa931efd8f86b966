using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>Compares the outputs of pruned models with the outputs of the original on the same samples.</summary>
internal sealed class OutputFidelity
{
    // The share of fewer samples is a matter of chance.
    private const int LeastSamples = 16;

    private readonly ModelAnalysis analysis;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches;
    private readonly ExecutionProvider provider;
    private readonly OutputDistance distance;
    private readonly int? classes;
    private readonly int[] topClasses;

    /// <summary>Runs the original.</summary>
    /// <param name="analysis">The original.</param>
    /// <param name="batches">The samples: for every batch the inputs by name.</param>
    /// <param name="provider">The execution provider.</param>
    public OutputFidelity(ModelAnalysis analysis, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches, ExecutionProvider provider)
    {
        (this.analysis, this.batches, this.provider) = (analysis, batches, provider);
        var outputs = ComparedValues.Of(new OnnxModel(analysis.Graph.Model), analysis, batches, provider);
        distance = new OutputDistance(outputs);
        classes = ClassesOf(outputs);
        topClasses = classes is { } output ? TopClasses(outputs, output) : [];
    }

    /// <summary>The relative squared error of a model's outputs, and the share of samples with the same top class.</summary>
    public (double Error, double? Agreement) Of(OnnxModel pruned)
    {
        var outputs = ComparedValues.Of(pruned, analysis, batches, provider);
        return (distance.Of(outputs), topClasses.Length < LeastSamples ? null : Agreement(TopClasses(outputs, classes!.Value)));
    }

    private double Agreement(int[] others) =>
        others.Length == topClasses.Length ? topClasses.Zip(others).Count(c => c.First == c.Second) / (double)topClasses.Length : 0;

    private static int? ClassesOf(IReadOnlyList<IReadOnlyList<HostTensor>> outputs)
    {
        var first = Enumerable.Range(0, outputs[0].Count).Where(o => outputs.All(batch => batch[o] is { IsFloat: true, Dims: [_, > 1] })).ToList();
        return first.Count == 0 ? null : first[0];
    }

    private static int[] TopClasses(IReadOnlyList<IReadOnlyList<HostTensor>> outputs, int output) =>
    [
        .. from batch in outputs
           let scores = batch[output]
           from row in scores.ToDoubles().Chunk((int)scores.Dims[^1])
           select Array.IndexOf(row, row.Max()),
    ];
}
