using System.Text;

namespace OnnxPrune.Testing;

/// <summary>The SplitMix64 generator, seeded by a name.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The 64-bit FNV-1a hash of the name's UTF-8 bytes.</summary>
    public static ulong Seed(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte part in Encoding.UTF8.GetBytes(name))
            hash = unchecked((hash ^ part) * 0x100000001B3);
        return hash;
    }

    /// <summary>The next number, uniform in [0, 1).</summary>
    public double Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return (mixed >> 11) * (1.0 / (1L << 53));
        }
    }
}
