using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>Zeros through a reshape: an output axis has them if every input axis of its block that can lose indices has.</summary>
internal static class ReshapeZeros
{
    public static void Flow(ZeroContext c)
    {
        var (from, to) = (c.Layout(0), c.OutputLayout(0));
        if (ReshapeBlocks.Find(from.Select(c.SizeOf).ToList(), to.Select(c.SizeOf).ToList()) is not { } blocks) return;
        var bits = new bool[to.Count];
        foreach (var block in blocks)
        {
            bool zero = Enumerable.Range(block.InStart, block.InEnd - block.InStart).All(i => c.Input(0)[i] || c.IsPinned(from[i]));
            for (int o = block.OutStart; o < block.OutEnd; o++) bits[o] = zero;
        }
        c.Output(0, bits);
    }
}
