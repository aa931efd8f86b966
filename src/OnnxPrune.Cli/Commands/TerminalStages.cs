using OnnxPrune.Cli.Options;
using OnnxPrune.Runtime;

namespace OnnxPrune.Cli.Commands;

/// <summary>Shows the stages of the pipeline on the terminal.</summary>
internal sealed class TerminalStages(Invocation run) : IStages
{
    /// <inheritdoc/>
    public T During<T>(PruningStage stage, Func<Action<int, int>, T> work) => run.Step(NameOf(stage), work);

    private static string NameOf(PruningStage stage) => stage switch
    {
        PruningStage.MeasuringCandidates or PruningStage.MeasuringLatency => "Measuring latency",
        PruningStage.MeasuringOutputs => "Measuring the outputs",
        PruningStage.EvaluatingOriginal => "Measuring the original",
        PruningStage.EvaluatingResult => "Measuring the result",
        _ => stage.ToString(),
    };
}
