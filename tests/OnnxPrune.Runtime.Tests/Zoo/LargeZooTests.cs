using OnnxPrune.Allocation;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>The same as <see cref="ZooTests"/> for the largest topologies.</summary>
public class LargeZooTests
{
    public static TheoryData<string, string, Scope> Cases => PrunedTopology.Cases(PrunedTopology.Large);

    public static TheoryData<string> Names => [.. PrunedTopology.Large];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pruned_topology_equals_its_masked_original(string name, string budget, Scope scope) =>
        PrunedTopology.AssertVerified(name, budget, scope);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void A_topology_pruned_with_approximate_groups_equals_its_masked_original(string name) =>
        PrunedTopology.AssertVerified(name, "channels=50%", Scope.Local, approximate: true);
}
