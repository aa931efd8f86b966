using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// The network as it is looked at on calibration data. On data of the user's it is the network itself. Synthetic data have other statistics
/// than what the network was trained on; where there are BatchNormalizations, theirs are replaced by the noise's, so that every normalised
/// activation has the mean and the variance that it has on real data, and what was learned from it is carried back. A network in float16,
/// bfloat16 or float64 is looked at in float32, which every provider computes in.
/// </summary>
internal sealed class CalibrationDomain
{
    private string? hash;

    private CalibrationDomain(ModelAnalysis real, ModelAnalysis analysis, CalibrationSet data)
    {
        Model = real;
        Analysis = analysis;
        Data = data;
    }

    /// <summary>The network itself.</summary>
    public ModelAnalysis Model { get; }

    /// <summary>The network as the data see it: same structure, same groups, maybe other statistics.</summary>
    public ModelAnalysis Analysis { get; }

    /// <summary>The data.</summary>
    public CalibrationSet Data { get; }

    /// <summary>A cache key: the hashes of the structure, the weights and the data.</summary>
    internal string Hash => hash ??= string.Join('\n', Model.StructureHash, Model.WeightsHash, Data.Hash);

    /// <summary>The domain of a model and data for it.</summary>
    public static CalibrationDomain Of(ModelAnalysis model, CalibrationSet data, ExecutionProvider provider, CancellationToken cancellation = default)
    {
        bool narrows = SinglePrecision.Concerns(model.Graph.Model);
        bool fits = data.IsSynthetic && model.Graph.Nodes.Any(n => model.Operators.NormalizationOf(n) is not null);
        var seen = narrows ? data with { Batches = [.. data.Batches.Select(SinglePrecision.Of)] } : data;
        return (narrows || fits) && Twin(model, seen, narrows, fits, provider, cancellation) is { } twin
            ? new CalibrationDomain(model, twin, seen)
            : new CalibrationDomain(model, model, data);
    }

    /// <summary>The same network on only the first batches, enough for this number of samples.</summary>
    public CalibrationDomain Take(int samples) =>
        new(Model, Analysis, new CalibrationSet(Data.Source, [.. Data.Batches.Take(BatchCount.Holding(Data.Batches, samples))]) { Measured = Data.Measured, IsUsual = Data.IsUsual });

    /// <summary>The domain's groups that correspond to groups of the model.</summary>
    public IReadOnlyList<ChannelGroup> Groups(IReadOnlyList<ChannelGroup> groups)
    {
        if (Analysis == Model) return groups;
        var twins = Analysis.Groups.ToDictionary(g => g.Id);
        return [.. groups.Select(g => twins[g.Id])];
    }

    /// <summary>Carries weights that were recovered in the domain back to the pruned model.</summary>
    /// <param name="pruned">The model, pruned.</param>
    /// <param name="cut">The domain's network, pruned in the same way.</param>
    /// <param name="recovered">That with recovered weights.</param>
    public OnnxModel Back(OnnxModel pruned, OnnxModel cut, OnnxModel recovered) =>
        Analysis == Model ? recovered : CarriedWeights.To(pruned, cut, recovered, Model.Operators);

    // Null if the model cannot be run node by node, or if its groups depend on the statistics; the model itself is then used.
    private static ModelAnalysis? Twin(
        ModelAnalysis model, CalibrationSet data, bool narrows, bool fits, ExecutionProvider provider, CancellationToken cancellation)
    {
        try
        {
            var proto = narrows ? SinglePrecision.Of(new OnnxModel(model.Graph.Model)).Proto : model.Graph.Model;
            if (fits) proto = NormalizationStatistics.Fitted(proto, data.Batches, provider, model.Operators, cancellation);
            var twin = ModelAnalysis.Run(new OnnxModel(proto, model.Source.Path), operators: model.Operators);
            return twin.Groups.Select(g => g.Id).SequenceEqual(model.Groups.Select(g => g.Id)) ? twin : null;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return null;
        }
    }
}
