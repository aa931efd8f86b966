namespace OnnxPrune.Runtime.Zoo;

/// <summary>
/// Every topology of the zoo is pruned and run: globally to half its MACs, and uniformly to half the channels of all its groups, those
/// that operators mix included.
/// </summary>
public class ZooTests
{
    public static TheoryData<string> Names => [.. Testing.Zoo.Names.Except(PrunedTopology.Large)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pruned_topology_equals_its_masked_original(string name) =>
        PrunedTopology.AssertVerified(name, PrunedTopology.Global, PrunedTopology.Approximate);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void A_topology_pruned_uniformly_equals_its_masked_original(string name) =>
        PrunedTopology.AssertVerified(name, PrunedTopology.Uniform);
}
