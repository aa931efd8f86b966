using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

/// <summary>Curves that rise at random, convex or not.</summary>
internal static class RandomCurves
{
    public static List<GroupCurve> Of(ModelAnalysis analysis, SplitMix64 random) => [.. analysis.Groups.Select(g => Of(g, random))];

    private static GroupCurve Of(ChannelGroup group, SplitMix64 random)
    {
        double scale = 0.2 + random.Next(), sum = 0;
        double[] distortion = [0, .. Enumerable.Range(0, group.Size).Select(_ => sum += scale * Math.Pow(random.Next(), 3))];
        return new GroupCurve(group, [.. Enumerable.Range(0, group.Size).OrderBy(_ => random.Next())], distortion);
    }
}
