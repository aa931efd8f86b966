using OnnxPrune.Allocation;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>Every topology of the zoo is pruned and run: uniformly to half its channels, and globally to half its MACs.</summary>
public class ZooTests
{
    public static TheoryData<string, string, Scope> Cases => PrunedTopology.Cases(Testing.Zoo.Names.Except(PrunedTopology.Large));

    public static TheoryData<string> Names => [.. Testing.Zoo.Names.Except(PrunedTopology.Large)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pruned_topology_equals_its_masked_original(string name, string budget, Scope scope) =>
        PrunedTopology.AssertVerified(name, budget, scope);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_topology_pruned_with_approximate_groups_equals_its_masked_original(string name) =>
        PrunedTopology.AssertVerified(name, "channels=50%", Scope.Local, approximate: true);
}
