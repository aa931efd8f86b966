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

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write to this file instead of standard output.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "inspect",
            "Shows what a model costs, which channels can leave it, and which cannot and why.",
            new("onnxprune inspect net.onnx", "shows groups, costs, and what is pinned and why"),
            new("onnxprune inspect net.onnx --format html -o net.html", "draws the groups on a page for browsers"),
            new("onnxprune inspect net.onnx --dim batch=1 --format json", "counts MACs at a batch of 1, for programs"))
        {
            CommonOptions.Model,
            Format,
            Output,
            CommonOptions.Dimensions,
        };
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var dimensions = run.Value(CommonOptions.Dimensions) ?? new Dictionary<string, long>();
        string? output = run.Value(Output);
        IReadOnlyList<string?> written = [output, .. ReportOptions.Files(run)];
        OutputPaths.Check([run.Value(CommonOptions.Model)], written);
        var analysis = ModelInput.Analyse(run, ModelInput.Load(run), dimensions);
        OutputPaths.Check(analysis.Source.Files, written);
        var report = Inspection.Of(analysis);
        var format = run.Value(Format);
        using var files = new WrittenFiles();
        if (output is not null) files.Save(Text(analysis, report, format), output);
        ReportOutput.Write(run, report, ReportJson.Default.InspectReport, files, () =>
        {
            if (output is not null) return;
            if (format == InspectFormat.Table) InspectTable.Print(run.Terminal, report);
            else run.Terminal.Text(Text(analysis, report, format));
        });
        files.Keep();
    }

    private static string Text(ModelAnalysis analysis, InspectReport report, InspectFormat format) => format switch
    {
        InspectFormat.Json => ReportOutput.ToJson(report, ReportJson.Default.InspectReport),
        InspectFormat.Dot => InspectDot.Of(analysis),
        InspectFormat.Html => HtmlPage.Of(report.ToDocument()),
        _ => Table(report),
    };

    private static string Table(InspectReport report)
    {
        using var text = new StringWriter();
        InspectTable.Print(Terminal.To(text), report);
        return text.ToString();
    }
}
