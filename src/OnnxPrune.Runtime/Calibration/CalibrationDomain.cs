using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// The network as it is looked at on calibration data. On data of the user's it is the network itself. Synthetic data have other statistics
/// than what the network was trained on; where there are BatchNormalizations, theirs are replaced by the noise's, so that every normalised
/// activation has the mean and the variance that it has on real data, and what was learned from it is carried back.
/// </summary>
public sealed class CalibrationDomain
{

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

    /// <summary>The domain of a model and data for it.</summary>
    public static CalibrationDomain Of(ModelAnalysis model, CalibrationSet data, ExecutionProvider provider)
    {
        bool normalizes = model.Graph.Nodes.Any(n => n is { OpType: "BatchNormalization", Domain: "" });
        if (!data.IsSynthetic || !normalizes) return new CalibrationDomain(model, model, data);
        return Fitted(model, data, provider) is { } fitted ? new CalibrationDomain(model, fitted, data) : new CalibrationDomain(model, model, data);
    }

    /// <summary>The same network on the first batches only, as many as hold so many samples.</summary>
    public CalibrationDomain Take(int samples) => new(Model, Analysis, new CalibrationSet(Data.Source, [.. Data.Batches.Take(BatchCount.Holding(Data.Batches, samples))]));

    /// <summary>The domain's groups that correspond to groups of the model.</summary>
    public IReadOnlyList<ChannelGroup> Groups(IReadOnlyList<ChannelGroup> groups)
    {
        if (Analysis == Model) return groups;
        var twins = Analysis.Groups.ToDictionary(g => g.Id);
        return [.. groups.Select(g => twins[g.Id])];
    }

    /// <summary>Masks of the model's variables as masks of the domain's.</summary>
    public IReadOnlyDictionary<Term, bool[]> Masks(IReadOnlyDictionary<Term, bool[]> kept)
    {
        if (Analysis == Model) return kept;
        var twins = Analysis.Groups.ToDictionary(g => g.Id, g => g.Variable);
        return Model.Groups.Where(g => kept.ContainsKey(g.Variable)).ToDictionary(g => twins[g.Id], g => kept[g.Variable]);
    }

    /// <summary>Carries weights that were recovered in the domain back to the pruned model.</summary>
    /// <param name="pruned">The model, pruned.</param>
    /// <param name="cut">The domain's network, pruned in the same way.</param>
    /// <param name="recovered">That with recovered weights.</param>
    public OnnxModel Back(OnnxModel pruned, OnnxModel cut, OnnxModel recovered)
    {
        if (Analysis == Model) return recovered;
        var (own, before) = (Initializers(pruned), Initializers(cut));
        var (means, variances) = (Statistics(cut, 3), Statistics(cut, 4));
        var proto = recovered.Proto.Clone();
        for (int i = 0; i < proto.Graph.Initializer.Count; i++)
        {
            var tensor = proto.Graph.Initializer[i];
            if (!own.TryGetValue(tensor.Name, out var mine)) continue;
            if (means.Contains(tensor.Name)) proto.Graph.Initializer[i] = Combine(mine, tensor, before[tensor.Name], (m, now, then) => m + (now - then));
            else if (variances.Contains(tensor.Name)) proto.Graph.Initializer[i] = Combine(mine, tensor, before[tensor.Name], (v, now, then) => then > 0 ? v * (now / then) : v);
        }
        return pruned with { Proto = proto };
    }

    // Null where the model cannot be run piece by piece, or its groups depend on the statistics: then it is looked at as it is.
    private static ModelAnalysis? Fitted(ModelAnalysis model, CalibrationSet data, ExecutionProvider provider)
    {
        try
        {
            var fitted = ModelAnalysis.Run(new OnnxModel(NormalizationStatistics.Fitted(model.Graph.Model, data.Batches, provider), model.Source.Path));
            return fitted.Groups.Select(g => g.Id).SequenceEqual(model.Groups.Select(g => g.Id)) ? fitted : null;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return null;
        }
    }

    private static TensorProto Combine(TensorProto real, TensorProto now, TensorProto then, Func<double, double, double, double> combine)
    {
        double[] mine = Tensors.Doubles(real), after = Tensors.Doubles(now), before = Tensors.Doubles(then);
        return Tensors.Make(real.Name, Tensors.TypeOf(real), real.Dims, mine.Select((v, i) => combine(v, after[i], before[i])).ToArray());
    }

    private static Dictionary<string, TensorProto> Initializers(OnnxModel model) => model.Proto.Graph.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);

    private static HashSet<string> Statistics(OnnxModel model, int slot) =>
        model.Proto.Graph.Node.Where(n => n.OpType == "BatchNormalization" && n.Input.Count > slot).Select(n => n.Input[slot]).ToHashSet(StringComparer.Ordinal);
}
