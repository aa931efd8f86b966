using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;

namespace OnnxPrune.Runtime;

/// <summary>
/// Prunes a model, from the file to a smaller, verified model, like the command <c>onnxprune prune</c>. The work runs on the thread pool and can be
/// cancelled.
/// </summary>
public static class PruningRun
{
    /// <summary>Prunes a model file. No file is written: see <see cref="PruningResult.SaveAsync"/>.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="progress">Receives the progress of the run; null for no reports.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OnnxPruneException">
    /// OP1xxx: the file cannot be read; OP2xxx: an option or data cannot be used; OP4xxx: there are no channels to prune, or a budget or limit is not
    /// reached; OP5xxx: the result is not verified; OP6xxx: the runtime cannot run the model.
    /// </exception>
    public static Task<PruningResult> RunAsync(
        string path, PruningOptions options, IProgress<PruningProgress>? progress = null, CancellationToken cancellation = default)
    {
        var stages = new ReportedStages(progress, cancellation);
        return Task.Run(() => Run(stages.During(PruningStage.Loading, _ => ModelFile.Load(path)), options, stages, cancellation), cancellation);
    }

    /// <summary>Prunes a loaded model, which is not changed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="progress">Receives the progress of the run; null for no reports.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OnnxPruneException">As for a file.</exception>
    public static Task<PruningResult> RunAsync(
        OnnxModel model, PruningOptions options, IProgress<PruningProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => Run(model, options, new ReportedStages(progress, cancellation), cancellation), cancellation);

    /// <summary>Selects the channels to prune, without pruning them.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="progress">Receives the progress of the run; null for no reports.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OnnxPruneException">As for <see cref="RunAsync(string, PruningOptions, IProgress{PruningProgress}?, CancellationToken)"/>.</exception>
    public static Task<PruningPlan> PlanAsync(
        string path, PruningOptions options, IProgress<PruningProgress>? progress = null, CancellationToken cancellation = default)
    {
        var stages = new ReportedStages(progress, cancellation);
        return Task.Run(
            () =>
            {
                var model = stages.During(PruningStage.Loading, _ => ModelFile.Load(path));
                var pipeline = new PruningPipeline(model, options, new MustBeVerified(), stages, cancellation);
                return pipeline.Decide(pipeline.Analyse()).ToPlan();
            },
            cancellation);
    }

    private static PruningResult Run(OnnxModel model, PruningOptions options, IStages stages, CancellationToken cancellation)
    {
        var pipeline = new PruningPipeline(model, options, new MustBeVerified(), stages, cancellation);
        return pipeline.CarryOut(pipeline.Decide(pipeline.Analyse()));
    }
}
