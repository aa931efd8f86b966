using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>Every topology of the zoo is pruned and run: uniformly to half its channels, and globally to half its MACs.</summary>
public class ZooTests
{
    // Too large for every run; the same test runs on them with the trait Category=Long.
    private static readonly string[] Large = ["vgg16_bn", "vit_b_16", "swin_t", "alexnet"];

    public static TheoryData<string, string, Scope> Ordinary => Cases(Testing.Zoo.Names.Except(Large));

    public static TheoryData<string, string, Scope> Long => Cases(Large);

    public static TheoryData<string> OrdinaryNames => [.. Testing.Zoo.Names.Except(Large)];

    public static TheoryData<string> LongNames => [.. Large];

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void A_pruned_topology_equals_its_masked_original(string name, string budget, Scope scope) => AssertVerified(name, budget, scope);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Long))]
    public void A_large_pruned_topology_equals_its_masked_original(string name, string budget, Scope scope) => AssertVerified(name, budget, scope);

    [Theory]
    [MemberData(nameof(OrdinaryNames))]
    public void A_topology_pruned_with_approximate_groups_equals_its_masked_original(string name) => AssertVerified(name, "channels=50%", Scope.Local, approximate: true);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(LongNames))]
    public void A_large_topology_pruned_with_approximate_groups_equals_its_masked_original(string name) =>
        AssertVerified(name, "channels=50%", Scope.Local, approximate: true);

    private static void AssertVerified(string name, string budget, Scope scope, bool approximate = false)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.Load(name));
        var options = new PruneOptions { Budget = Budget.Parse(budget), Allocation = new AllocationOptions(scope), AllowApproximate = approximate };
        var plan = Planner.Plan(analysis, options);
        if (approximate && analysis.Groups.All(g => g.IsExact))
        {
            Assert.Equal(Kept(Planner.Plan(analysis, options with { AllowApproximate = false })), Kept(plan));
            return;
        }
        var kept = Planner.Masks(analysis, plan);
        var report = Verifier.Verify(analysis, Rewriter.Prune(analysis, kept), kept, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}");
    }

    private static IEnumerable<string> Kept(PruningPlan plan) => plan.Groups.Select(g => g.Kept);

    private static TheoryData<string, string, Scope> Cases(IEnumerable<string> names)
    {
        var cases = new TheoryData<string, string, Scope>();
        foreach (string name in names)
        {
            cases.Add(name, "channels=50%", Scope.Local);
            cases.Add(name, "macs=50%", Scope.Global);
        }
        return cases;
    }
}
