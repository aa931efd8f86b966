using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>Random kept channels.</summary>
internal static class RandomMasks
{
    /// <summary>For every exact group, a mask that keeps from one channel to all but one.</summary>
    public static Cut Of(ModelAnalysis analysis, int seed)
    {
        var random = new Random(seed);
        return Cut.Of(analysis, analysis.Groups.Where(g => g.IsExact).ToDictionary(g => g, g => Mask(random, g.Size)));
    }

    /// <summary>The same for every group, approximate ones included.</summary>
    public static Cut OfAll(ModelAnalysis analysis, int seed)
    {
        var random = new Random(seed);
        return Cut.Of(analysis, analysis.Groups.ToDictionary(g => g, g => Mask(random, g.Size)));
    }

    private static bool[] Mask(Random random, int size)
    {
        var mask = new bool[size];
        Array.Fill(mask, true, 0, random.Next(1, size));
        random.Shuffle(mask);
        return mask;
    }
}
