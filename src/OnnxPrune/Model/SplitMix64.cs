using System.Text;

namespace OnnxPrune.Model;

/// <summary>The SplitMix64 generator (Steele, Lea, Flood 2014): the k-th number of a seed without those before it.</summary>
internal static class SplitMix64
{
    /// <summary>
    /// A seed for everything that belongs to a name: the 64-bit FNV-1a hash of its UTF-8 bytes, begun with <paramref name="seed"/>.
    /// </summary>
    public static ulong SeedOf(string name, int seed)
    {
        ulong hash = 0xcbf29ce484222325 ^ (uint)seed;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 0x100000001b3;
        return hash;
    }

    /// <summary>The k-th number, k from 1, uniform in [0, 1) with 53 bits.</summary>
    public static double Uniform(ulong seed, ulong k)
    {
        ulong z = seed + (k * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The k-th standard normal number, k from 1, by the Box–Muller transform.</summary>
    public static double Normal(ulong seed, ulong k) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, (2 * k) - 1))) * Math.Cos(2 * Math.PI * Uniform(seed, 2 * k));
}
