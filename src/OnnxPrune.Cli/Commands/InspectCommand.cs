using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Commands;

/// <summary>The output formats of <c>inspect</c>.</summary>
internal enum InspectFormat
{
    /// <summary>Text tables.</summary>
    Table,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>The node graph in the language of Graphviz.</summary>
    Dot,

    /// <summary>An HTML page.</summary>
    Html,
}

/// <summary><c>onnxprune inspect</c>: shows the cost of a model, its prunable groups, and the pinned axes with reasons.</summary>
internal static class InspectCommand
{
    private static readonly Option<InspectFormat> Format = TypedOption.Of(
        "--format", "table|json|dot|html", "Output format (default: table).", OptionValues.OneOf<InspectFormat>);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "inspect",
            "Shows the cost of a model, which channels can be removed, and what pins the others.",
            new("onnxprune inspect net.onnx", "shows costs, groups, and pinned axes with reasons"),
            new("onnxprune inspect net.onnx --explain fc.weight[1]", "shows through which nodes an axis is coupled or pinned"),
            new("onnxprune inspect net.onnx --format html -o net.html", "writes an HTML page with the graph and its groups"),
            new("onnxprune inspect net.onnx --dim batch=1 --format json", "counts MACs at batch size 1 and prints JSON"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Format,
            ListingOptions.Output,
            CommonOptions.Dimensions,
            CommonOptions.Outputs,
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
        if (run.Value(InspectOptions.Dump) is { } stage) run.Terminal.Text(string.Concat(StageDump.Of(analysis, stage).Select(line => line + "\n")));
        else if (run.Value(InspectOptions.Explain) is { } name) Explain(run, Explanation.Of(analysis, name));
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
            _ => throw OptionValues.Invalid("--explain cannot be combined with --format dot; use table, json or html"),
        });
}
