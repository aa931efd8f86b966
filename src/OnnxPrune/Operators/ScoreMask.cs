using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>A mask or bias of attention scores, broadcast to (batch, heads, queries, keys): the heads agree, the positions stay.</summary>
internal static class ScoreMask
{
    private const string Why = "masks positions";

    /// <summary>Couples the mask in slot <paramref name="input"/>, if the node has one.</summary>
    public static void Couple(CouplingContext c, int input, Term batch, Term heads)
    {
        if (!c.Has(input)) return;
        var mask = c.Input(input);
        c.Pin(mask.TakeLast(2), Why);
        if (mask.Count >= 3 && !c.SizeOf(mask[^3]).IsOne) c.Unify(mask[^3], heads);
        if (mask.Count >= 4 && !c.SizeOf(mask[^4]).IsOne) c.Unify(mask[^4], batch);
    }
}
