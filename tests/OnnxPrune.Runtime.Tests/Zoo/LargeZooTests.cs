namespace OnnxPrune.Runtime.Zoo;

/// <summary>
/// The same as <see cref="ZooTests"/> for the largest topologies. Most of their time goes into hundreds of megabytes of weights, so the
/// normal run has only the one whose structure occurs nowhere else; what analysis finds in the others is tested without running them.
/// </summary>
public class LargeZooTests
{
    public static TheoryData<string> Names => [.. PrunedTopology.Large];

    [Theory]
    [InlineData("swin_t")]
    public void A_pruned_topology_equals_its_masked_original(string name) => PrunedTopology.AssertVerified(name, PrunedTopology.Global);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void A_topology_pruned_in_any_way_equals_its_masked_original(string name) =>
        PrunedTopology.AssertVerified(name, PrunedTopology.Uniform, PrunedTopology.Global, PrunedTopology.Approximate);
}
