using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Commands;

/// <summary>The output formats of <c>macs</c>.</summary>
internal enum MacsFormat
{
    /// <summary>A text table.</summary>
    Table,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,
}

/// <summary><c>onnxprune macs</c>: counts multiply-accumulate operations and parameters of one or two models.</summary>
internal static class MacsCommand
{
    private static readonly Option<bool> PerNode = new("--per-node") { Description = "List every node." };

    private static readonly Option<string?> By = TypedOption.Of<string?>(
        "--by", "op", "List totals by operator.", text => text == "op" ? text : throw OptionValues.Invalid($"'{text}' is not op"));

    private static readonly Option<MacsFormat> Format = TypedOption.Of(
        "--format", "table|json|csv", "Output format (default: table).", OptionValues.OneOf<MacsFormat>);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "macs",
            "Counts multiply-accumulate operations (MACs) and parameters of one model, or compares two.",
            new("onnxprune macs net.onnx --dim batch=8", "counts at batch size 8"),
            new("onnxprune macs net.onnx --per-node --top 10", "lists the ten largest nodes"),
            new("onnxprune macs net.onnx small.onnx --by op", "compares two models by operator"),
            new("onnxprune macs net.onnx --per-node --format csv -o net.csv", "writes every node to a CSV file"))
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
            CommonOptions.Outputs,
            ListingOptions.Output,
        };
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        if (run.Value(PerNode) && run.Value(By) is not null)
            throw OptionValues.Invalid("--per-node and --by cannot be combined; give one of them");
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
