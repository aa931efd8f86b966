using OnnxPrune.Cli.Options;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Commands;

/// <summary>Samples and labels to measure accuracy on.</summary>
internal sealed record LabelledData(NumpyArray Samples, NumpyArray Labels)
{
    /// <summary>Reads --data and --labels; null if they are not given.</summary>
    public static LabelledData? Load(Invocation run) => run.Value(RuntimeOptions.Data) is { } data && run.Value(RuntimeOptions.Labels) is { } labels
        ? run.Step("Loading the data", () => Load(data, labels))
        : null;

    /// <summary>Reads two files.</summary>
    public static LabelledData Load(string samples, string labels) => new(NumpyArray.Load(samples), NumpyArray.Load(labels));

    /// <summary>The accuracy of a model.</summary>
    public Accuracy Evaluate(Invocation run, OnnxModel model, string step) =>
        run.Step(step, () => Evaluator.Evaluate(model, Samples, Labels, Provider.Of(run), run.Cancellation));
}
