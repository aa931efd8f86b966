using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Commands;

/// <summary>The forms in which <c>inspect</c> shows a model.</summary>
internal enum InspectFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>A document for programs.</summary>
    Json,

    /// <summary>The node graph for Graphviz.</summary>
    Dot,

    /// <summary>A page for browsers.</summary>
    Html,
}

/// <summary><c>onnxprune inspect</c>: what a model costs, what can leave it, and what cannot and why.</summary>
internal static class InspectCommand
{
    private static readonly Option<InspectFormat> Format = TypedOption.Of(
        "--format", "table|json|dot|html", "The form of the output (default: table).", OptionValues.OneOf<InspectFormat>);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "inspect",
            "Shows what a model costs, which channels can leave it, and which cannot and why.",
            new("onnxprune inspect net.onnx", "shows groups, costs, and what is pinned and why"),
            new("onnxprune inspect net.onnx --explain fc.weight[1]", "tells through which nodes an axis is coupled or pinned"),
            new("onnxprune inspect net.onnx --format html -o net.html", "draws the groups on a page for browsers"),
            new("onnxprune inspect net.onnx --dim batch=1 --format json", "counts MACs at a batch of 1, for programs"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Format,
            ListingOptions.Output,
            CommonOptions.Dimensions,
        };
        InspectOptions.AddTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var dimensions = run.Value(CommonOptions.Dimensions) ?? new Dictionary<string, long>();
        IReadOnlyList<string?> written = [run.Value(ListingOptions.Output), .. ReportOptions.Files(run)];
        OutputPaths.Check([run.Value(CommonOptions.Model)], written);
        var analysis = ModelInput.Analyse(run, ModelInput.Load(run), dimensions);
        OutputPaths.Check(analysis.Source.Files, written);
        if (run.Value(InspectOptions.Explain) is { } name) Explain(run, Explanation.Of(analysis, name));
        else Show(run, analysis, Inspection.Of(analysis));
    }

    private static void Show(Invocation run, ModelAnalysis analysis, InspectReport report) =>
        ReportOutput.Show(run, report, ReportJson.Default.InspectReport, run.Value(Format) switch
        {
            InspectFormat.Table => terminal => InspectTable.Print(terminal, report, InspectOptions.SectionsOf(run)),
            InspectFormat.Dot => terminal => terminal.Text(InspectDot.Of(analysis)),
            InspectFormat.Html => terminal => terminal.Text(HtmlPage.Of(report.ToDocument())),
            _ => terminal => terminal.Text(ReportOutput.ToJson(report, ReportJson.Default.InspectReport)),
        });

    private static void Explain(Invocation run, ExplainReport report) =>
        ReportOutput.Show(run, report, ReportJson.Default.ExplainReport, run.Value(Format) switch
        {
            InspectFormat.Table => terminal => ExplainTable.Print(terminal, report, ListingOptions.TopOf(run)),
            InspectFormat.Html => terminal => terminal.Text(HtmlPage.Of(report.ToDocument())),
            InspectFormat.Json => terminal => terminal.Text(ReportOutput.ToJson(report, ReportJson.Default.ExplainReport)),
            _ => throw OptionValues.Invalid("--explain draws no graph; choose another --format than dot"),
        });
}
