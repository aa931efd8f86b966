using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>eval</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model.</param>
/// <param name="Data">The samples.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Accuracy">The accuracy.</param>
internal sealed record EvalReport(string Command, string Model, string Data, string Labels, string Provider, Accuracy Accuracy)
    : ModelReport(Command, Model)
{
    /// <summary>Prints the report on the terminal.</summary>
    public void Print(Terminal terminal) => terminal.Table(
        ["", " accuracy"],
        [["top 1", Figures.Accuracy(Accuracy.Top1)], ["top 5", Figures.Accuracy(Accuracy.Top5)], ["samples", Figures.Whole(Accuracy.Samples)]]);

    /// <inheritdoc/>
    public override Document ToDocument() => new(
        Command,
        Path.GetFileName(Model),
        $"Accuracy on {Figures.Whole(Accuracy.Samples)} samples of {Data} with the labels of {Labels}, on {Provider}.",
        null,
        [
            new Figure("top 1", null, Figures.Accuracy(Accuracy.Top1)),
            new Figure("top 5", null, Figures.Accuracy(Accuracy.Top5)),
            new Figure("samples", null, Figures.Whole(Accuracy.Samples)),
        ],
        [],
        Tool);
}
