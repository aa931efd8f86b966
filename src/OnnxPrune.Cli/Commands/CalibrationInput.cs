using OnnxPrune.Allocation;
using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Cli.Commands;

/// <summary>Loads or generates the calibration data of a command.</summary>
internal static class CalibrationInput
{
    /// <summary>The data that the options request or need; null if they need none.</summary>
    public static CalibrationDomain? For(Invocation run, ModelAnalysis analysis, PruneOptions options)
    {
        bool searches = options.Allocation.Scope == Scope.Search && run.Value(CalibrationOptions.Metric) is null;
        bool needed = options.Criterion.Needs != CriterionNeeds.Weights
            || options.Recover != "none"
            || searches
            || run.Value(CalibrationOptions.Steps) > 1;
        return run.Value(CalibrationOptions.Calibration) is not null || needed
            ? Load(run, analysis, run.Value(CalibrationOptions.Calibration), null, options.Seed)
            : null;
    }

    /// <summary>The data of a plan, or the data that replace them; null if nothing is recovered.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the data differ from those that the plan was made with.</exception>
    public static CalibrationDomain? For(Invocation run, ModelAnalysis analysis, PruningPlan plan, string recover)
    {
        if (recover == "none") return null;
        var planned = plan.Options.Calibration;
        string? given = run.Value(CalibrationOptions.Calibration);
        var domain = Load(run, analysis, given ?? planned?.Source, given is null ? planned?.Samples : null, plan.Options.Seed);
        if (given is null && planned is not null && domain.Data.Hash != planned.Hash)
            throw new OnnxPruneException(
                ErrorCodes.InvalidData,
                $"the calibration data differ from those of the plan; name the data to use with --calibration, or skip recovery with --recover none",
                planned.Source);
        return domain;
    }

    /// <summary>The description of the data in a plan.</summary>
    public static PlannedCalibration? Describe(CalibrationDomain? domain) =>
        domain is null ? null : new PlannedCalibration(domain.Data.Source, domain.Data.Samples, domain.Data.Hash);

    private static CalibrationDomain Load(Invocation run, ModelAnalysis analysis, string? source, int? samples, int seed)
    {
        int count = run.Value(CalibrationOptions.Samples) ?? samples ?? CalibrationSet.DefaultSamples(analysis);
        return run.Step("Calibrating", () =>
        {
            var data = source is null or CalibrationSet.SyntheticSource
                ? CalibrationSet.Synthetic(analysis, count, seed, Provider.Of(run), run.Cancellation)
                : CalibrationSet.Load(source, analysis, count, seed);
            return CalibrationDomain.Of(analysis, data, Provider.Of(run), run.Cancellation);
        });
    }
}
