using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>Heads, head size, whole groups of convolutions and channels in them can be pruned, each on its own.</summary>
public class GranularityTests
{
    [Theory]
    [InlineData("gpt2_small", "heads")]
    [InlineData("gpt2_small", "head-size")]
    [InlineData("gpt2_small", "channels")]
    [InlineData("llama_small", "heads")]
    [InlineData("llama_small", "head-size")]
    [InlineData("resnext50_32x4d", "conv-groups")]
    [InlineData("resnext50_32x4d", "in-group")]
    public void A_kind_is_pruned_on_its_own(string model, string kind) => OnlyThisKindIsPruned(model, kind);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("vit_b_16", "heads")]
    [InlineData("vit_b_16", "head-size")]
    [InlineData("swin_t", "heads")]
    [InlineData("swin_t", "head-size")]
    public void A_kind_of_a_large_model_is_pruned_on_its_own(string model, string kind) => OnlyThisKindIsPruned(model, kind);

    private static void OnlyThisKindIsPruned(string model, string kind)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.Load(model));
        var options = new PruneOptions
        {
            Budget = Budget.Parse("channels=50%"),
            Allocation = new AllocationOptions(Scope.Local),
            Granularity = Granularity.Parse(kind),
        };
        var plan = Planner.Plan(analysis, options);
        Assert.Equal([kind], plan.Groups.Where(g => g.KeptCount < g.Size).Select(g => g.Kind).Distinct());
        var kept = plan.Cut;
        var report = Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}");
    }
}
