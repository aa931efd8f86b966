namespace OnnxPrune.Runtime.Verification;

/// <summary>Counts the runs of the models that a verification compares.</summary>
/// <param name="report">Called with the number of runs done and their total; null for no reports.</param>
internal sealed class VerificationProgress(Action<int, int>? report)
{
    private int done, total;

    /// <summary>Adds runs to come.</summary>
    public void Expect(int runs)
    {
        total += runs;
        report?.Invoke(done, total);
    }

    /// <summary>A run is done.</summary>
    public void Ran() => report?.Invoke(++done, Math.Max(done, total));
}
