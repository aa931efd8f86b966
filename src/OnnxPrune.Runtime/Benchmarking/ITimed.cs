namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>Something whose runs take time.</summary>
internal interface ITimed
{
    /// <summary>Runs once and returns the wall-clock time in milliseconds.</summary>
    double Run();
}
