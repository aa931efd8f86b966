namespace OnnxPrune.Packages.Tests.Packing;

/// <summary>The tests that share <see cref="PackedPackages"/>; one runs after the other, since each keeps the processor busy.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackagesTests : ICollectionFixture<PackedPackages>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "packed packages";
}
