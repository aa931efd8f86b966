using System.Text;
using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Weights for the re-randomised twin (LAYOUTS.md 18): matrices normal with deviation 1/√fan-in, vectors uniform in 0.5 to 1.5, so that
/// neither a zero-initialised head nor tiny layer scales can hide an error. Seeded by the tensor's name.
/// </summary>
public static class RandomWeights
{
    /// <summary>A function from each initializer to its random twin. Integers and scalars stay; equal tensors give equal twins.</summary>
    public static Func<TensorProto, TensorProto> Create(int seed)
    {
        var made = new Dictionary<TensorProto, TensorProto>(ReferenceEqualityComparer.Instance);
        return tensor =>
        {
            if (!Tensors.IsFloat(tensor) || Tensors.Count(tensor) < 2) return tensor;
            return made.TryGetValue(tensor, out var twin) ? twin : made[tensor] = Twin(tensor, seed);
        };
    }

    private static TensorProto Twin(TensorProto tensor, int seed)
    {
        ulong hash = Hash(tensor.Name, seed);
        long[] dims = [.. tensor.Dims];
        bool isMatrix = dims.Count(d => d > 1) > 1;
        double deviation = 1 / Math.Sqrt(FanIn(dims));
        var values = new double[Tensors.Count(tensor)];
        for (int i = 0; i < values.Length; i++)
            values[i] = isMatrix ? deviation * SplitMix64.Normal(hash, (ulong)i + 1) : 0.5 + SplitMix64.Uniform(hash, (ulong)i + 1);
        return Tensors.Make(tensor.Name, Tensors.TypeOf(tensor), dims, values);
    }

    private static long FanIn(long[] dims) => Math.Max(1, dims.Length > 2 ? dims.Skip(1).Aggregate(1L, (n, d) => n * d) : dims.DefaultIfEmpty(1).Min());

    private static ulong Hash(string name, int seed)
    {
        ulong hash = 0xcbf29ce484222325 ^ (uint)seed;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 0x100000001b3;
        return hash;
    }
}
