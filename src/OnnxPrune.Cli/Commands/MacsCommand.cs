using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Commands;

/// <summary>The forms in which <c>macs</c> counts.</summary>
internal enum MacsFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>A document for programs.</summary>
    Json,

    /// <summary>Comma-separated values for spreadsheets.</summary>
    Csv,
}

/// <summary><c>onnxprune macs</c>: counts multiply-accumulate operations and parameters, of one model or of two side by side.</summary>
internal static class MacsCommand
{
    private static readonly Option<bool> PerNode = new("--per-node") { Description = "List every node." };

    private static readonly Option<string?> By = TypedOption.Of<string?>(
        "--by", "op", "List sums: by operator.", text => text == "op" ? text : throw OptionValues.Invalid($"'{text}' is not op"));

    private static readonly Option<MacsFormat> Format = TypedOption.Of(
        "--format", "table|json|csv", "The form of the output (default: table).", OptionValues.OneOf<MacsFormat>);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "macs",
            "Counts multiply-accumulate operations and parameters, of one model or of two side by side.",
            new("onnxprune macs net.onnx --dim batch=8", "counts at a batch of 8"),
            new("onnxprune macs net.onnx --per-node --top 10", "lists the ten largest nodes"),
            new("onnxprune macs net.onnx small.onnx --by op", "compares two models, operator by operator"),
            new("onnxprune macs net.onnx --per-node --format csv -o net.csv", "writes every node for a spreadsheet"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            CommonOptions.Other,
            PerNode,
            By,
            Format,
            ListingOptions.Top,
            ListingOptions.Sort,
            CommonOptions.Dimensions,
            ListingOptions.Output,
        };
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        if (run.Value(PerNode) && run.Value(By) is not null)
            throw OptionValues.Invalid("--per-node and --by ask for different lists; give one of them");
        IReadOnlyList<string?> written = [run.Value(ListingOptions.Output), .. ReportOptions.Files(run)];
        OutputPaths.Check([run.Value(CommonOptions.Model), run.Value(CommonOptions.Other)], written);
        var dimensions = run.Value(CommonOptions.Dimensions) ?? new Dictionary<string, long>();
        var analysis = ModelInput.Analyse(run, ModelInput.Load(run), dimensions);
        var other = run.Value(CommonOptions.Other) is { } path
            ? run.Step("Analysing the other", () => ModelAnalysis.Run(ModelFile.Load(path), dimensions, ModelInput.Operators(run)))
            : null;
        OutputPaths.Check([.. analysis.Source.Files, .. other?.Source.Files ?? []], written);
        var report = MacsCount.Of(analysis, other);
        ReportOutput.Show(run, report, ReportJson.Default.MacsReport, run.Value(Format) switch
        {
            MacsFormat.Json => terminal => terminal.Text(ReportOutput.ToJson(report, ReportJson.Default.MacsReport)),
            MacsFormat.Csv => terminal => terminal.Text(
                MacsCsv.Of(report, Listing(run), run.Value(ListingOptions.Top) ?? int.MaxValue, run.Value(ListingOptions.Sort))),
            _ => terminal => Print(run, terminal, report),
        });
    }

    private static void Print(Invocation run, Terminal terminal, MacsReport report) =>
        MacsTable.Print(terminal, report, Listing(run), ListingOptions.TopOf(run), run.Value(ListingOptions.Sort));

    private static MacsListing Listing(Invocation run) =>
        run.Value(PerNode) ? MacsListing.Nodes : run.Value(By) is not null ? MacsListing.Operators : MacsListing.Total;
}
