using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Runtime.Selection;

/// <summary>The importance of channels by any criterion, with calibration data if the criterion needs them.</summary>
/// <param name="model">The model.</param>
/// <param name="domain">The model on calibration data; null if the criterion needs none.</param>
/// <param name="options">The criterion, aggregation and normalization.</param>
/// <param name="provider">The execution provider.</param>
/// <param name="cache">The cache of results; null for none.</param>
internal sealed class CalibratedImportance(
    ModelAnalysis model, CalibrationDomain? domain, PruneOptions options, ExecutionProvider provider, CalibrationCache? cache = null)
{
    // The number of measured blocks of channels: for the distortion criterion, and as a fallback for other criteria.
    private const int Blocks = 16, FallbackBlocks = 4;
    private readonly SensitivityOptions sensitivity = OptionsOf(domain, options.Seed);
    private readonly List<string> notes = [];

    /// <summary>The measurements that were not possible, in sentences.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The curves of groups, in their order.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="progress">Called with the number of steps done and their total.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<GroupCurve> Curves(
        IReadOnlyList<ChannelGroup> groups, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (options.Criterion is WeightCriterion weights)
            return GroupCurve.Of(groups, ImportanceScores.Compute(model, groups, weights, options.Aggregation, options.Normalization, options.Seed));
        if (options.Criterion is FileCriterion file)
            return GroupCurve.Of(groups, options.Normalization.Of(model, groups, ScoreFile.Load(file.Path, model, groups, options.Aggregation)));
        if (options.Criterion is CurveFileCriterion curveFile) return Read(curveFile, groups);
        if (domain is null)
            throw new OnnxPruneException(ErrorCodes.InvalidOption, $"the criterion {options.Criterion} needs calibration data, but none are given");
        string key = CalibrationCache.Key(
            domain,
            [
                "curves",
                options.Criterion.Name,
                options.Aggregation.ToString(),
                options.Normalization.ToString(),
                $"{options.Seed}",
                $"{sensitivity.Samples}",
                .. groups.Select(g => g.Id)]);
        if (cache?.Curves(key, groups) is { } known)
        {
            notes.AddRange(known.Notes);
            return known.Curves;
        }
        int noted = notes.Count;
        var twins = groups.Zip(domain.Groups(groups)).ToDictionary(p => p.Second.Id, p => p.First);
        IReadOnlyList<GroupCurve> curves =
            [.. Measured(domain, domain.Groups(groups), progress, cancellation).Select(c => c with { Group = twins[c.Group.Id] })];
        cache?.Keep(key, curves, notes[noted..]);
        return curves;
    }

    private static SensitivityOptions OptionsOf(CalibrationDomain? domain, int seed)
    {
        var usual = new SensitivityOptions { Seed = seed };
        return domain is null ? usual : usual with { Samples = domain.Data.Measured, Positions = SyntheticEffort.Positions(domain, usual.Positions) };
    }

    private IReadOnlyList<GroupCurve> Read(CurveFileCriterion file, IReadOnlyList<ChannelGroup> groups)
    {
        try
        {
            return SensitivityFile.Load(file.Path).For(model, groups, domain is { Data.IsUsual: false } ? domain.Data.Hash : null);
        }
        catch (OnnxPruneException e)
        {
            throw e.Concerning(file.Path);
        }
    }

    private IReadOnlyList<GroupCurve> Measured(
        CalibrationDomain on, IReadOnlyList<ChannelGroup> groups, Action<int, int>? progress, CancellationToken cancellation)
    {
        if (options.Criterion is ActivationCriterion activations) return GroupCurve.Of(groups, Scores(on, groups, activations, cancellation));
        if (options.Criterion.Name == "distortion") return Distortion(on, groups, Blocks, progress, cancellation);
        var curves = Eliminated(on, groups, progress, cancellation).ToDictionary(c => c.Group);
        var rest = Distortion(on, [.. groups.Where(g => !curves.ContainsKey(g))], FallbackBlocks, null, cancellation).ToDictionary(c => c.Group);
        return [.. groups.Select(g => curves.GetValueOrDefault(g) ?? rest[g])];
    }

    private IReadOnlyList<GroupCurve> Eliminated(
        CalibrationDomain on, IReadOnlyList<ChannelGroup> groups, Action<int, int>? progress, CancellationToken cancellation)
    {
        try
        {
            return SensitivityAnalysis.Run(on.Analysis, groups, on.Data.Batches, sensitivity, provider, progress, NotMeasured, cancellation);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            NotInPieces(e);
            return [];
        }
    }

    private void NotMeasured(string layer) =>
        notes.Add($"the inputs of {layer} could not be measured; its groups were scored by the change of the outputs");

    private void NotInPieces(OnnxPruneException e) =>
        notes.Add($"the model could not be run node by node; its groups were scored by other criteria ({e.Message})");

    private IReadOnlyList<double[]?> Gathered(
        CalibrationDomain on, IReadOnlyList<ChannelGroup> groups, ActivationCriterion criterion, CancellationToken cancellation)
    {
        var gathering = new ReaderActivationsOptions(sensitivity.Positions, options.Seed);
        try
        {
            return ReaderActivations.Scores(
                on.Analysis, groups, on.Data.Batches, criterion, options.Aggregation, options.Normalization, gathering, provider, cancellation);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            NotInPieces(e);
            return [.. groups.Select(_ => (double[]?)null)];
        }
    }

    private IReadOnlyList<GroupCurve> Distortion(
        CalibrationDomain on, IReadOnlyList<ChannelGroup> groups, int blocks, Action<int, int>? progress, CancellationToken cancellation) =>
        OutputDistortion.Run(
            on.Analysis, groups, on.Data.Batches, blocks, sensitivity, provider, done => progress?.Invoke(done, groups.Count), cancellation);

    // What no linear layer reads has no activations of its own: its weights' norm counts.
    private IReadOnlyList<double[]> Scores(
        CalibrationDomain on, IReadOnlyList<ChannelGroup> groups, ActivationCriterion criterion, CancellationToken cancellation)
    {
        var scores = Gathered(on, groups, criterion, cancellation);
        if (scores.All(s => s is not null)) return [.. scores.Select(s => s!)];
        var norms = ImportanceScores.Compute(on.Analysis, groups, new EuclideanNorm(), options.Aggregation, options.Normalization, options.Seed);
        return [.. scores.Zip(norms, (own, norm) => own ?? norm)];
    }
}
