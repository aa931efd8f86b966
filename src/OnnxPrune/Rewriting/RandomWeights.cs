using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Weights for the re-randomised twin (LAYOUTS.md 18): matrices normal with deviation 1/√fan-in, vectors uniform in 0.5 to 1.5, so that
/// neither a zero-initialised head nor tiny layer scales can hide an error. Seeded by the tensor's name.
/// </summary>
public static class RandomWeights
{
    /// <summary>
    /// A function from each initializer of a model to its random twin. Integers, scalars, operands that tell shapes and what takes part in the
    /// arithmetic on shapes stay: the analysis knows their values and relies on them.
    /// </summary>
    public static Func<TensorProto, TensorProto> Create(ModelAnalysis analysis, int seed)
    {
        var weights = GroupFinder.Weights(analysis.Layouts, analysis.Operators.Invoke).Select(w => w.Initializer!).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        weights.ExceptWith(analysis.Graph.Nodes.Where(analysis.Shapes.IsShapeArithmetic).SelectMany(n => n.Reads).Select(v => v.Initializer).OfType<TensorProto>());
        var made = new Dictionary<TensorProto, TensorProto>(ReferenceEqualityComparer.Instance);
        return tensor =>
        {
            if (!weights.Contains(tensor) || Tensors.Count(tensor) < 2) return tensor;
            return made.TryGetValue(tensor, out var twin) ? twin : made[tensor] = Twin(tensor, seed);
        };
    }

    private static TensorProto Twin(TensorProto tensor, int seed)
    {
        ulong hash = SplitMix64.SeedOf(tensor.Name, seed);
        long[] dims = [.. tensor.Dims];
        bool isMatrix = dims.Count(d => d > 1) > 1;
        double deviation = 1 / Math.Sqrt(FanIn(dims));
        var values = new double[Tensors.Count(tensor)];
        for (int i = 0; i < values.Length; i++)
            values[i] = isMatrix ? deviation * SplitMix64.Normal(hash, (ulong)i + 1) : 0.5 + SplitMix64.Uniform(hash, (ulong)i + 1);
        return Tensors.Make(tensor.Name, Tensors.TypeOf(tensor), dims, values);
    }

    private static long FanIn(long[] dims) => Math.Max(1, dims.Length > 2 ? dims.Skip(1).Aggregate(1L, (n, d) => n * d) : dims.DefaultIfEmpty(1).Min());
}
