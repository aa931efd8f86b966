using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>
/// A coupling pattern as a small network: it must have exactly the groups that are listed, each exact one prunable alone and all of them
/// at once, and what is left must be smaller and compute what the masked network computes.
/// </summary>
internal static class Pattern
{
    private const int Seed = 5;

    /// <summary>
    /// Checks a network against its groups, in the order of use, each as <c>size: weight[axis] …</c>; a tilde before the size marks
    /// an approximate one.
    /// </summary>
    public static void Holds(string model, params string[] groups)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(model)));

        Assert.Empty(UnsupportedParts.Of(analysis));
        var found = analysis.Groups.Select(Line).ToList();
        Assert.True(found.SequenceEqual(groups), $"the groups are\n{string.Join('\n', found)}");
        CutsAreVerified(analysis);
    }

    /// <summary>Cuts every exact group alone, then all of them, at random.</summary>
    public static void CutsAreVerified(ModelAnalysis analysis)
    {
        var all = RandomMasks.Of(analysis, Seed);
        foreach (var group in analysis.Groups.Where(g => g.IsExact))
            CutIsVerified(analysis, Cut.Of(analysis, [KeyValuePair.Create(group, all.MaskOf(group)!)]));
        if (all.Groups.Count > 1) CutIsVerified(analysis, all);
    }

    private static void CutIsVerified(ModelAnalysis analysis, Cut masks)
    {
        string cut = string.Join(", ", masks.Groups.Select(g => g.Id));
        var pruned = Rewriter.Prune(masks);

        var report = Verifier.Verify(pruned, masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{cut}: {report.Verdict}, {report.Reason}");

        var (before, after) = (analysis.Cost.Total(_ => null), ModelAnalysis.Run(pruned).Cost.Total(_ => null));
        var told = analysis.Cost.Total(masks.KeptOf);
        Assert.True(after.Parameters < before.Parameters, $"{cut}: the weights do not shrink");
        Assert.Equal(told, after);
    }

    private static string Line(ChannelGroup group) =>
        $"{(group.IsExact ? "" : "~")}{group.Size}: {string.Join(' ', group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").Distinct())}";
}
