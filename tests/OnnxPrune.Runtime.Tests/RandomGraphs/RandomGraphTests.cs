using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Xunit.Abstractions;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>Random networks lose random channels of every exact group, and compute what the masked network computes.</summary>
public class RandomGraphTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(0, 150)]
    public void Random_networks_are_pruned_and_verified(int first, int count) => Check(first, count, RandomMasks.Of);

    [Theory]
    [InlineData(400, 60)]
    public void Random_networks_lose_channels_that_operators_mix_too(int first, int count) => Check(first, count, RandomMasks.OfAll);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1_000, 1_000)]
    [InlineData(2_000, 1_000)]
    public void Many_random_networks_are_pruned_and_verified(int first, int count) => Check(first, count, RandomMasks.Of);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(3_000, 1_000)]
    public void Many_random_networks_lose_channels_that_operators_mix_too(int first, int count) => Check(first, count, RandomMasks.OfAll);

    private void Check(int first, int count, Func<ModelAnalysis, int, IReadOnlyDictionary<Term, bool[]>> choose)
    {
        int verified = 0, powerless = 0, groups = 0, nothing = 0;
        var failures = new List<string>();
        for (int seed = first; seed < first + count; seed++)
        {
            var (verdict, exact, reason) = Pruned(seed % 3 == 0 ? TokenNetwork.Create(seed) : ImageNetwork.Create(seed), seed, choose);
            groups += exact;
            if (verdict is null) nothing++;
            else if (verdict == Verdict.Verified) verified++;
            else if (verdict == Verdict.NotVerified) powerless++;
            else failures.Add($"seed {seed}: {reason}");
        }
        log.WriteLine($"{verified} of {count} verified, {powerless} without power, {nothing} without an exact group; {groups} groups cut");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(verified > 0.9 * count, $"only {verified} of {count} are verified");
        Assert.True(groups > 4 * count, $"only {groups} groups in {count} networks");
    }

    private static (Verdict? Verdict, int Groups, string? Reason) Pruned(
        OnnxModel model, int seed, Func<ModelAnalysis, int, IReadOnlyDictionary<Term, bool[]>> choose)
    {
        try
        {
            var analysis = ModelAnalysis.Run(model);
            var masks = choose(analysis, seed);
            if (masks.Count == 0) return (null, 0, null);
            var report = Verifier.Verify(analysis, Rewriter.Prune(analysis, masks), masks, ExecutionProvider.Cpu);
            return (report.Verdict, masks.Count, report.Reason);
        }
        catch (OnnxPruneException e)
        {
            return (Verdict.Failed, 0, e.ToString());
        }
    }
}
