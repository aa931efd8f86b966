using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>sensitivity</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Curves">The curves, which <c>prune --sensitivity</c> reads.</param>
/// <param name="Notes">Deviations from the request, in sentences.</param>
/// <param name="Warnings">The warnings of the analysis.</param>
internal sealed record SensitivityReport(
    string Command, string Model, string Provider, SensitivityCurves Curves, IReadOnlyList<string> Notes, IReadOnlyList<WarningReport> Warnings)
    : ModelReport(Command, Model)
{
    private const int ShownPlots = 24;

    /// <summary>The curves in descending order of the error with half of the channels removed.</summary>
    public IEnumerable<SensitivityCurve> MostSensitiveFirst() =>
        Curves.Groups.OrderByDescending(g => g.At(0.5)).ThenBy(g => g.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Document ToDocument()
    {
        var data = Curves.Calibration;
        string lead = $"Measured with criterion {Curves.Criterion} on {data.Samples} samples of {data.Source}, on {Provider}.";
        var plots = MostSensitiveFirst().Select(g => (g.Id, $"{Figures.OutputError(g.At(0.5))} at 50.0%", CurveOf(g))).ToList();
        Section[] sections =
        [
            new("Sensitivity", plots.Count == 0 ? [] : [new Block.Plots("Relative squared error of the outputs", plots, ShownPlots)], plots.Count),
            new("Notes", Notes.Count == 0 ? [] : [new Block.Bullets(Notes)]),
            WarningSection.Of(Warnings),
        ];
        var figure = new Figure("groups of coupled channels", null, Figures.Whole(Curves.Groups.Count));
        return new Document(Command, Path.GetFileName(Model), lead, null, [figure], [.. sections.Where(s => s.Blocks.Count > 0)], Tool);
    }

    // A group of which nothing is left cannot be measured.
    private static Curve CurveOf(SensitivityCurve group) =>
        new([.. Enumerable.Range(0, group.Size).Select(k => (double)k / group.Size)], [.. group.Error.Take(group.Size)], null);
}
