using Xunit.Abstractions;
using Xunit.Sdk;

namespace OnnxPrune.Runtime.Tests.Execution;

/// <summary>Gives <see cref="CudaFactAttribute"/> the trait Category=Gpu.</summary>
public sealed class GpuTraitDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Category", "Gpu")];
}
