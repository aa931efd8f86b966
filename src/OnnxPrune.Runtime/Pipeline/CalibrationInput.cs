using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Runtime;

/// <summary>Reads, or makes, the calibration samples that a run works with.</summary>
internal sealed class CalibrationInput(PruningOptions options, IStages stages, CancellationToken cancellation)
{
    /// <summary>The samples of a selection.</summary>
    /// <exception cref="OnnxPruneException">OP2001: an option needs samples, and no calibration is asked for; OP2002: the samples cannot be used.</exception>
    public CalibratedOptions ForSelection(ModelAnalysis analysis)
    {
        string? needing = Needing;
        if (options.Calibration != CalibrationSet.NoSource)
            return options.Calibration is null && needing is null ? Usual(analysis) : new(Load(analysis, options.Calibration, null, options.Seed), options, []);
        if (needing is not null)
            throw new OnnxPruneException(ErrorCodes.InvalidOption, $"{needing} needs calibration samples, which --calibration none excludes");
        return new(null, options, []);
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

    /// <summary>Synthetic samples for the comparison of outputs, in a run without other samples.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the model runs on no inputs that can be made up.</exception>
    public CalibrationDomain ForComparison(ModelAnalysis analysis) =>
        Load(analysis, CalibrationSet.SyntheticSource, UsualCalibration.Compared(analysis), options.Seed);

    /// <summary>The samples as a plan remembers them.</summary>
    public static PlannedCalibration? Describe(CalibrationDomain? domain) =>
        domain is null ? null : new PlannedCalibration(domain.Data.Source, domain.Data.Samples, domain.Data.Hash);

    // What needs samples; null if nothing does.
    private string? Needing =>
        options.Criterion is { } criterion && criterion.Needs != CriterionNeeds.Weights ? $"the criterion {criterion.Name}"
        : options.Recover is not (null or "none") ? "recovery"
        : options.Allocation.Scope == Scope.Search && options.Metric is null ? "the scope search"
        : options.Steps > 1 ? "pruning in steps"
        : null;

    // No option asks for samples. Where the model does not run on synthetic ones, the weights alone decide.
    private CalibratedOptions Usual(ModelAnalysis analysis)
    {
        if (options.Criterion is not null && options.Recover == "none") return new(null, options, []);
        var usual = UsualCalibration.Of(analysis);
        try
        {
            ComparedValues.Checked(analysis);
            var domain = Load(analysis, CalibrationSet.SyntheticSource, usual.Samples, options.Seed, usual.Measured);
            return new(domain, options with { Criterion = options.Criterion ?? usual.Criterion }, []);
        }
        catch (OnnxPruneException e) when (IsAboutSamples(e))
        {
            return WithoutSamples(e);
        }
    }

    /// <summary>True for errors that say that the model does not run on the samples.</summary>
    public static bool IsAboutSamples(OnnxPruneException e) => e.Code is ErrorCodes.InvalidData or ErrorCodes.RuntimeRejectedModel;

    /// <summary>The end of a note: the cause of an error about samples, without the advice for those who asked for samples.</summary>
    public static string Because(OnnxPruneException e) =>
        $"because the model does not run on synthetic samples: {(e.InnerException as OnnxPruneException ?? e).Message}";

    /// <summary>The options of a selection by weights alone.</summary>
    /// <param name="e">Why there are no samples.</param>
    public CalibratedOptions WithoutSamples(OnnxPruneException e)
    {
        string note = $"the weights alone chose the channels, and nothing was recovered, {Because(e)}";
        return new(null, options with { Calibration = CalibrationSet.NoSource }, [note]);
    }

    private CalibrationDomain Load(ModelAnalysis analysis, string? source, int? samples, int seed, int? measured = null)
    {
        int count = options.Samples ?? samples ?? CalibrationSet.DefaultSamples(analysis);
        return stages.During(PruningStage.Calibrating, _ =>
        {
            var data = source is null or CalibrationSet.SyntheticSource
                ? CalibrationSet.Synthetic(analysis, count, seed, options.Provider, cancellation)
                : CalibrationSet.Load(source, analysis, count, seed);
            if (measured is { } most) data = data with { Measured = most, IsUsual = true };
            return CalibrationDomain.Of(analysis, data, options.Provider, cancellation);
        });
    }
}

/// <summary>The samples of a selection and what follows from them.</summary>
/// <param name="Domain">The model on the samples; null for a selection by weights alone.</param>
/// <param name="Options">The options, with the criterion that fits.</param>
/// <param name="Notes">What no option asked for, in sentences.</param>
internal sealed record CalibratedOptions(CalibrationDomain? Domain, PruningOptions Options, IReadOnlyList<string> Notes)
{
    /// <summary>True if no option asked for the samples, so that an error concerning them does not concern the user.</summary>
    public bool IsUsual => Domain is { Data.IsUsual: true };
}
