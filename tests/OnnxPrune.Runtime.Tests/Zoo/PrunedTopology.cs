using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>What must hold of every topology of the zoo.</summary>
internal static class PrunedTopology
{
    /// <summary>Topologies that take longer than all others together; they have a class of their own, which runs beside the rest.</summary>
    public static readonly string[] Large = ["alexnet", "swin_t", "vgg16_bn", "vit_b_16"];

    /// <summary>Uniformly to half the channels, and globally to half the MACs.</summary>
    public static TheoryData<string, string, Scope> Cases(IEnumerable<string> names)
    {
        var cases = new TheoryData<string, string, Scope>();
        foreach (string name in names)
        {
            cases.Add(name, "channels=50%", Scope.Local);
            cases.Add(name, "macs=50%", Scope.Global);
        }
        return cases;
    }

    /// <summary>Plans, prunes and verifies.</summary>
    public static void AssertVerified(string name, string budget, Scope scope, bool approximate = false)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.Load(name));
        var options = new PruneOptions { Budget = Budget.Parse(budget), Allocation = new AllocationOptions(scope), AllowApproximate = approximate };
        var plan = Planner.Plan(analysis, options);
        if (approximate && analysis.Groups.All(g => g.IsExact))
        {
            Assert.Equal(Kept(Planner.Plan(analysis, options with { AllowApproximate = false })), Kept(plan));
            return;
        }
        var kept = plan.Cut;
        var report = Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}");
    }

    private static IEnumerable<string> Kept(PruningDecision plan) => plan.Groups.Select(g => g.Kept);
}
