using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>A bias for each index of the last axis.</summary>
internal static class Biased
{
    /// <summary>Where a result with a bias is zero, for the bits of the result without it.</summary>
    public static IEnumerable<bool> Bits(ZeroContext c, int bias, IEnumerable<bool> bits)
    {
        bool[] all = [.. bits];
        return c.Has(bias) ? all.Select((bit, axis) => bit && axis == all.Length - 1 && c.Input(bias)[0]) : all;
    }
}
