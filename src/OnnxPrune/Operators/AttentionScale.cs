namespace OnnxPrune.Operators;

/// <summary>Attention multiplies its scores by 1/√(head size) by default. If the head size shrinks, the original factor becomes explicit.</summary>
internal static class AttentionScale
{
    /// <summary>Sets <c>scale</c> if the size of the heads, recorded as <c>d</c>, changes and the node relies on the default.</summary>
    /// <remarks>Contributed operators write the default as 0.</remarks>
    public static void Keep(AdjustContext c)
    {
        long size = c.OldRecorded("d").Value;
        if (size == c.KeptRecorded("d").Value || c.Node.Float("scale", 0) != 0) return;
        c.SetAttribute("scale", (float)(1 / Math.Sqrt(size)));
    }
}
