using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;

namespace OnnxPrune.Runtime;

/// <summary>
/// Prunes a model, from the file to a smaller, verified model: what the command <c>onnxprune prune</c> does. The work runs on the thread pool,
/// and ends early when it is cancelled.
/// </summary>
public static class PruningRun
{
    /// <summary>Prunes a model file. Nothing is written: see <see cref="PruningResult.SaveAsync"/>.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far the run is; null for nobody.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OnnxPruneException">
    /// OP1xxx the file cannot be read; OP2xxx an option or data cannot be used; OP4xxx nothing to prune, or a budget or limit is missed; OP5xxx the
    /// result is not verified; OP6xxx the runtime cannot run the model.
    /// </exception>
    public static Task<PruningResult> RunAsync(
        string path, PruningOptions options, IProgress<PruningProgress>? progress = null, CancellationToken cancellation = default)
    {
        var stages = new ReportedStages(progress, cancellation);
        return Task.Run(() => Run(stages.During(PruningStage.Loading, _ => ModelFile.Load(path)), options, stages, cancellation), cancellation);
    }

    /// <summary>Prunes a loaded model, which is not changed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far the run is; null for nobody.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OnnxPruneException">As for a file.</exception>
    public static Task<PruningResult> RunAsync(
        OnnxModel model, PruningOptions options, IProgress<PruningProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => Run(model, options, new ReportedStages(progress, cancellation), cancellation), cancellation);

    /// <summary>Decides what to prune, and stops there.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far the run is; null for nobody.</param>
    /// <param name="cancellation">Ends the run.</param>
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
