using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>How much of a topology leaves, and how it is divided among the groups.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Scope">Where channels are compared.</param>
/// <param name="Approximate">True to prune groups that operators mix, too.</param>
internal sealed record ZooDecision(string Budget, Scope Scope, bool Approximate = false);

/// <summary>What must hold of every topology of the zoo.</summary>
internal static class PrunedTopology
{
    /// <summary>Topologies that take longer than all others together; they have a class of their own, which runs beside the rest.</summary>
    public static readonly string[] Large = ["alexnet", "swin_t", "vgg16_bn", "vit_b_16"];

    /// <summary>Half the channels of every exact group.</summary>
    public static readonly ZooDecision Uniform = new("channels=50%", Scope.Local);

    /// <summary>Half the MACs, from exact groups.</summary>
    public static readonly ZooDecision Global = new("macs=50%", Scope.Global);

    /// <summary>Half the channels of every group.</summary>
    public static readonly ZooDecision Approximate = Uniform with { Approximate = true };

    /// <summary>Plans, prunes and verifies a topology, which is loaded and analysed once for all decisions.</summary>
    public static void AssertVerified(string name, params ZooDecision[] decisions)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.Load(name));
        Assert.Empty(decisions.Select(decision => Failure(analysis, decision)).OfType<string>());
    }

    private static string? Failure(ModelAnalysis analysis, ZooDecision decision)
    {
        // Where all groups are exact, there is nothing more to prune: this is the uniform decision.
        var plan = Plan(analysis, decision);
        if (decision.Approximate && analysis.Groups.All(g => g.IsExact))
            Assert.Equal(Kept(Plan(analysis, decision with { Approximate = false })), Kept(plan));
        var kept = plan.Cut;
        var report = Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu);
        return report.Verdict == Verdict.Verified ? null : $"{decision}: {report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}";
    }

    private static PruningDecision Plan(ModelAnalysis analysis, ZooDecision decision) => Planner.Plan(analysis, new PruneOptions
    {
        Budget = Budget.Parse(decision.Budget),
        Allocation = new AllocationOptions(decision.Scope),
        AllowApproximate = decision.Approximate,
    });

    private static IEnumerable<string> Kept(PruningDecision plan) => plan.Groups.Select(g => g.Kept);
}
