namespace OnnxPrune.Runtime;

/// <summary>Runs the stages of the pipeline one after the other, and shows what is going on.</summary>
internal interface IStages
{
    /// <summary>Runs a stage; the work reports how many of how many parts are done.</summary>
    T During<T>(PruningStage stage, Func<Action<int, int>, T> work);
}

/// <summary>Reports stages to an <see cref="IProgress{T}"/>.</summary>
internal sealed class ReportedStages(IProgress<PruningProgress>? progress, CancellationToken cancellation) : IStages
{
    /// <inheritdoc/>
    public T During<T>(PruningStage stage, Func<Action<int, int>, T> work)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new PruningProgress(stage, 0, 0));
        var result = work((done, total) => progress?.Report(new PruningProgress(stage, done, total)));
        cancellation.ThrowIfCancellationRequested();
        return result;
    }
}
