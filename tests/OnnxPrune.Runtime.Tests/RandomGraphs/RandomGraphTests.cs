using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Xunit.Abstractions;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// Random networks lose random channels of all or some exact groups, and compute what the masked network computes. Nothing about them
/// gives a warning, least of all the certificate of the equations.
/// </summary>
public class RandomGraphTests(ITestOutputHelper log)
{
    // Every so many networks are verified as a user's are: with the runtime's optimisations and on other weights, too.
    private const int Thoroughly = 25;

    [Theory]
    [InlineData(0, 150)]
    public void Random_networks_are_pruned_and_verified(int first, int count) => Check(first, count, RandomMasks.Of);

    [Theory]
    [InlineData(800, 50)]
    public void Random_networks_lose_channels_that_operators_mix_too(int first, int count) => Check(first, count, RandomMasks.OfAll);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(150, 650)]
    [MemberData(nameof(Thousands))]
    public void Twenty_thousand_more_are(int first, int count) => Check(first, count, RandomMasks.Of);

    public static IEnumerable<object[]> Thousands => Enumerable.Range(10, 20).Select(thousand => new object[] { 1000 * thousand, 1000 });

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(850, 50)]
    [InlineData(3_000, 1_000)]
    public void Many_random_networks_lose_channels_that_operators_mix_too(int first, int count) => Check(first, count, RandomMasks.OfAll);

    private void Check(int first, int count, Func<ModelAnalysis, int, Cut> choose)
    {
        int verified = 0, powerless = 0, groups = 0, nothing = 0;
        var failures = new List<string>();
        for (int seed = first; seed < first + count; seed++)
        {
            var (verdict, cut, reason) = Pruned(Network(seed), seed, choose);
            groups += cut;
            if (verdict is null) nothing++;
            else if (verdict == Verdict.Verified) verified++;
            else if (verdict == Verdict.NotVerified) powerless++;
            else failures.Add($"seed {seed}: {reason}");
        }
        log.WriteLine($"{verified} of {count} verified, {powerless} without power, {nothing} without an exact group; {groups} groups cut");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(verified > 0.9 * count, $"only {verified} of {count} are verified");
        Assert.True(groups > 2 * count, $"only {groups} groups in {count} networks");
    }

    private static OnnxModel Network(int seed) =>
        (seed % 3) switch { 0 => TokenNetwork.Create(seed), 1 => ImageNetwork.Create(seed), _ => TensorNetwork.Create(seed) };

    private static (Verdict? Verdict, int Groups, string? Reason) Pruned(
        OnnxModel model, int seed, Func<ModelAnalysis, int, Cut> choose)
    {
        try
        {
            var analysis = ModelAnalysis.Run(model);
            if (UnsupportedParts.Of(analysis) is { Count: > 0 } warnings) return (Verdict.Failed, 0, string.Join("; ", warnings));
            var masks = Some(choose(analysis, seed), seed);
            if (masks.IsEmpty) return (null, 0, null);
            var pruned = Rewriter.Prune(masks);
            var (verdict, error) = QuickCheck.Run(analysis, pruned, masks);
            string? reason = $"the error is {error} times the tolerance";
            if (verdict == Verdict.Verified && seed % Thoroughly == 0) (verdict, reason) = Thorough(analysis, pruned, masks);
            return (verdict, masks.Groups.Count, reason);
        }
        catch (Exception e)
        {
            return (Verdict.Failed, 0, e.ToString());
        }
    }

    private static (Verdict Verdict, string? Reason) Thorough(ModelAnalysis analysis, OnnxModel pruned, Cut masks)
    {
        var report = Verifier.Verify(pruned, masks, ExecutionProvider.Cpu);
        return (report.Verdict, report.Reason);
    }

    // All groups in every second network, else each with a chance that is the network's own.
    private static Cut Some(Cut all, int seed)
    {
        if (seed % 4 < 2) return all;
        var random = new Random(seed);
        double share = random.NextDouble();
        var some = Cut.Of(all.Analysis, all.Groups.Where(_ => random.NextDouble() < share).ToDictionary(g => g, g => all.MaskOf(g)!));
        return some.IsEmpty ? all : some;
    }
}
