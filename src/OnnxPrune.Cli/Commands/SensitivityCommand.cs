using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Cli.Commands;

/// <summary>The output formats of <c>sensitivity</c>.</summary>
internal enum SensitivityFormat
{
    /// <summary>A text table.</summary>
    Table,

    /// <summary>JSON, which <c>prune --sensitivity</c> reads.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>An HTML page.</summary>
    Html,
}

/// <summary><c>onnxprune sensitivity</c>: measures the output error as a function of the channels removed from each group.</summary>
internal static class SensitivityCommand
{
    private static readonly Option<IReadOnlyList<string>> Groups = TypedOption.OfMany<IReadOnlyList<string>>(
        "--groups", "GLOB", "Measure only groups that contain a node or tensor with a matching name; may be repeated.", globs => globs);

    private static readonly Option<Criterion?> Criterion = TypedOption.Of<Criterion?>(
        "--criterion", "obs|distortion",
        "obs: the layers that read a group compensate for its removed channels; distortion: no compensation (default: obs).", Measuring);

    private static readonly Option<SensitivityFormat?> Format = TypedOption.Of<SensitivityFormat?>(
        "--format", "table|json|csv|html", "Output format (default: table, or json with --output).",
        text => OptionValues.OneOf<SensitivityFormat>(text));

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write to this file; 'onnxprune prune --sensitivity' reads the json format.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "sensitivity",
            "Measures how much the output error grows as channels are removed from each group.",
            new("onnxprune sensitivity net.onnx --calibration images.npy", "measures every group on unlabelled samples"),
            new(
                "onnxprune sensitivity net.onnx --groups 'layer4*' --criterion distortion",
                "measures some groups without compensation"),
            new(
                "onnxprune sensitivity net.onnx -o curves.json --report curves.html",
                "writes the curves for prune --sensitivity, and a page that shows them"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Output,
            Format,
            Groups,
            Criterion,
            SelectionOptions.Allow,
            SelectionOptions.Seed,
            CommonOptions.Dimensions,
            CommonOptions.Outputs,
            RuntimeOptions.Provider,
            RuntimeOptions.CustomOps,
        };
        CalibrationOptions.AddDataTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        string? output = run.Value(Output);
        IReadOnlyList<string?> written = [output, .. ReportOptions.Files(run)];
        OutputPaths.Check([run.Value(CommonOptions.Model), run.Value(CalibrationOptions.Calibration)], written);
        var options = PruningInput.Of(run) with { Criterion = run.Value(Criterion) ?? CriterionTable.Named("obs"), Include = run.Value(Groups) ?? [] };
        var analysis = ModelInput.Analyse(run, ModelInput.Load(run), options.Dimensions);
        OutputPaths.Check(analysis.Source.Files, written);
        run.Terminal.Warn(analysis);
        var report = Measure(run, analysis, options);
        var format = run.Value(Format) ?? (output is null ? SensitivityFormat.Table : SensitivityFormat.Json);
        using var files = new OutputFiles();
        if (output is not null) files.Save(Text(report, format), output);
        ReportOutput.Write(run, report, ReportJson.Default.SensitivityReport, files, () =>
        {
            if (output is not null || format == SensitivityFormat.Table) SensitivityTable.Print(run.Terminal, report);
            else run.Terminal.Text(Text(report, format));
        });
    }

    private static SensitivityReport Measure(Invocation run, ModelAnalysis analysis, PruningOptions asked)
    {
        var options = asked.Selection(null);
        var groups = Planner.Accepted(analysis, options);
        if (groups.Count == 0) throw NoGroup;
        var domain = new CalibrationInput(asked, new TerminalStages(run), run.Cancellation).ForSelection(analysis).Domain!;
        var importance = new CalibratedImportance(analysis, domain, options, Provider.Of(run), CalibrationOptions.CacheOf(run));
        var curves = run.Step("Measuring", progress => importance.Curves(groups, progress, run.Cancellation));
        var measured = SensitivityCurves.Of(analysis, options.Criterion, CalibrationInput.Describe(domain)!, curves);
        string provider = Provider.Of(run).ToString();
        return new SensitivityReport(run.Command, run.Value(CommonOptions.Model), provider, measured, importance.Notes, WarningReport.Of(analysis));
    }

    private static OnnxPruneException NoGroup => new(
        ErrorCodes.NothingToPrune,
        "no prunable group matches --groups; 'onnxprune inspect' lists the groups, and --allow approximate adds approximate groups");

    private static string Text(SensitivityReport report, SensitivityFormat format)
    {
        if (format == SensitivityFormat.Json) return ReportOutput.ToJson(report, ReportJson.Default.SensitivityReport);
        if (format == SensitivityFormat.Html) return HtmlPage.Of(report.ToDocument());
        if (format == SensitivityFormat.Csv) return SensitivityTable.Csv(report);
        return Terminal.Printed(terminal => SensitivityTable.Print(terminal, report));
    }

    private static Criterion Measuring(string name) => CriterionTable.Named(name) is CurveCriterion criterion
        ? criterion
        : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{name}' does not measure the outputs; use obs or distortion");
}
