using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;

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
        var command = new Command("inspect", "Shows what a model costs, which channels can leave it, and which cannot and why.")
        {
            CommonOptions.Model,
            Format,
            Output,
            CommonOptions.Dimensions,
        };
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var dimensions = run.Value(CommonOptions.Dimensions) ?? new Dictionary<string, long>();
        string? output = run.Value(Output);
        OutputPaths.Check([run.Value(CommonOptions.Model)], output);
        var analysis = ModelInput.Analyse(run, ModelInput.Load(run), dimensions);
        OutputPaths.Check(analysis.Source.Files, output);
        var format = run.Value(Format);
        if (output is not null) TextFile.Write(output, Text(analysis, format));
        else if (format == InspectFormat.Table) InspectTable.Print(run.Terminal, Inspection.Of(analysis));
        else run.Terminal.Text(Text(analysis, format));
    }

    private static string Text(ModelAnalysis analysis, InspectFormat format) => format switch
    {
        InspectFormat.Json => ReportOutput.ToJson(Inspection.Of(analysis), ReportJson.Default.InspectReport),
        InspectFormat.Dot => InspectDot.Of(analysis),
        InspectFormat.Html => InspectHtml.Of(Inspection.Of(analysis)),
        _ => Table(Inspection.Of(analysis)),
    };

    private static string Table(InspectReport report)
    {
        using var text = new StringWriter();
        InspectTable.Print(Terminal.To(text), report);
        return text.ToString();
    }
}
