using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Execution;

/// <summary>Whether CUDA can be used here.</summary>
internal static class Cuda
{
    /// <summary>Why it cannot, or null.</summary>
    public static string? Missing { get; } = Find();

    public static OnnxModel SmallModel() => new(OnnxText.Parse("g (float[N,2] x) => (float[N,2] y) { y = Neg (x) }"));

    private static string? Find()
    {
        try
        {
            ModelSession.Load(SmallModel(), ExecutionProvider.Parse("cuda")).Dispose();
            return null;
        }
        catch (OnnxPruneException e)
        {
            return e.Message;
        }
    }
}
