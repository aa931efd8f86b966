namespace OnnxPrune.Operators;

/// <summary>Attention multiplies its scores by 1/√(head size) unless told otherwise: where heads get smaller, it is told what it was.</summary>
internal static class AttentionScale
{
    /// <summary>Sets <c>scale</c> where the size of the heads, recorded as <c>d</c>, changes and the node relies on the default.</summary>
    /// <remarks>Contributed operators write the default as 0.</remarks>
    public static void Keep(AdjustContext c)
    {
        long size = c.OldRecorded("d").Value;
        if (size == c.KeptRecorded("d").Value || c.Node.Float("scale", 0) != 0) return;
        c.SetAttribute("scale", (float)(1 / Math.Sqrt(size)));
    }
}
