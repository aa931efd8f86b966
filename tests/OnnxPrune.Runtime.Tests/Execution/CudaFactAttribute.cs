using Xunit.Sdk;

namespace OnnxPrune.Runtime.Tests.Execution;

/// <summary>A fact that needs CUDA, of the category Gpu; skipped with the reason where it cannot be loaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer("OnnxPrune.Runtime.Tests.Execution.GpuTraitDiscoverer", "OnnxPrune.Runtime.Tests")]
public sealed class CudaFactAttribute : FactAttribute, ITraitAttribute
{
    public CudaFactAttribute() => Skip = Cuda.Missing;
}
