using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime;

/// <summary>Reads, or makes, the calibration samples that a run works with.</summary>
internal sealed class CalibrationInput(PruningOptions options, IStages stages, CancellationToken cancellation)
{
    /// <summary>The samples that the options ask for or need; null where they need none.</summary>
    public CalibrationDomain? ForSelection(ModelAnalysis analysis)
    {
        var selection = options.Selection(null);
        bool searches = options.Allocation.Scope == Scope.Search && options.Metric is null;
        bool needed = selection.Criterion.Needs != CriterionNeeds.Weights || selection.Recover != "none" || searches || options.Steps > 1;
        return options.Calibrates || needed ? Load(analysis, options.Calibration, null, options.Seed) : null;
    }

    /// <summary>The samples that a plan was made with, or others that are given in their place; null where nothing is recovered.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the samples differ from those that the plan was made with.</exception>
    public CalibrationDomain? ForPlan(ModelAnalysis analysis, PruningPlan plan, string recover)
    {
        if (recover == "none") return null;
        var planned = plan.Options.Calibration;
        string? given = options.Calibration;
        var domain = Load(analysis, given ?? planned?.Source, given is null ? planned?.Samples : null, plan.Options.Seed);
        if (given is null && planned is not null && domain.Data.Hash != planned.Hash)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                "the calibration data differ from those of the plan; name the data to use with --calibration, or skip recovery with --recover none",
                planned.Source);
        return domain;
    }

    /// <summary>The samples as a plan remembers them.</summary>
    public static PlannedCalibration? Describe(CalibrationDomain? domain) =>
        domain is null ? null : new PlannedCalibration(domain.Data.Source, domain.Data.Samples, domain.Data.Hash);

    private CalibrationDomain Load(ModelAnalysis analysis, string? source, int? samples, int seed)
    {
        int count = options.Samples ?? samples ?? CalibrationSet.DefaultSamples(analysis);
        return stages.During(PruningStage.Calibrating, _ =>
        {
            var data = source is null or CalibrationSet.SyntheticSource
                ? CalibrationSet.Synthetic(analysis, count, seed, options.Provider, cancellation)
                : CalibrationSet.Load(source, analysis, count, seed);
            return CalibrationDomain.Of(analysis, data, options.Provider, cancellation);
        });
    }
}
