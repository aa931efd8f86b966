using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Weights for the re-randomised twin: matrices normal with deviation 1/√fan-in, vectors uniform in 0.5 to 1.5, so that neither a
/// zero-initialised head nor tiny layer scales can hide an error. Quantised weights are normal around their zero point, and their scales
/// stay: those of activations were chosen for the sums that weights of such a spread give. A weight stays sorted, and a matrix of one
/// sign keeps its sign, because a root, a logarithm or a search may read them. Seeded by the tensor's name.
/// </summary>
internal static class RandomWeights
{
    /// <summary>
    /// A function from each initializer of a model to its random twin. Scalars, scales, shape operands and operands of
    /// shape arithmetic remain unchanged, because the analysis relies on their values.
    /// </summary>
    public static Func<TensorProto, TensorProto> Create(ModelAnalysis analysis, int seed)
    {
        var told = Scales(analysis);
        told.UnionWith(
            analysis.Graph.Nodes.Where(analysis.Shapes.IsShapeArithmetic).SelectMany(n => n.Reads).Select(v => v.Initializer).OfType<TensorProto>());
        var weights = new Dictionary<TensorProto, Value>(ReferenceEqualityComparer.Instance);
        foreach (var weight in GroupFinder.Weights(analysis.Layouts, analysis.Operators.Find)) weights.TryAdd(weight.Initializer!, weight);
        var made = new Dictionary<TensorProto, TensorProto>(ReferenceEqualityComparer.Instance);
        return tensor =>
        {
            if (!weights.TryGetValue(tensor, out var weight) || Tensors.Count(tensor) < 2 || told.Contains(tensor)) return tensor;
            return made.TryGetValue(tensor, out var twin) ? twin : made[tensor] = Twin(tensor, analysis.Layouts.Quantized[weight], seed);
        };
    }

    private static HashSet<object> Scales(ModelAnalysis analysis)
    {
        var scales = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in analysis.Graph.Nodes)
        {
            if (analysis.Operators.Find(node) is not { } rule) continue;
            var slots = Enumerable.Range(0, node.Inputs.Length).Where(slot => rule.IsScale(node, slot));
            scales.UnionWith(slots.Select(slot => node.Inputs[slot]?.Initializer).OfType<TensorProto>());
        }
        return scales;
    }

    private static TensorProto Twin(TensorProto tensor, QuantizedTensor? quantized, int seed)
    {
        ulong hash = SplitMix64.SeedOf(tensor.Name, seed);
        long[] dims = [.. tensor.Dims];
        bool isMatrix = dims.Count(d => d > 1) > 1;
        double deviation = 1 / Math.Sqrt(FanIn(dims));
        var values = new double[Tensors.Count(tensor)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = quantized is not null ? Quantized(tensor, quantized, dims, hash, i)
                : isMatrix ? deviation * SplitMix64.Normal(hash, (ulong)i + 1)
                : 0.5 + SplitMix64.Uniform(hash, (ulong)i + 1);
        }
        if (quantized is null) KeepSignsAndOrder(tensor, values, isMatrix, hash);
        return Tensors.Make(tensor.Name, Tensors.TypeOf(tensor), dims, values);
    }

    // A matrix of one sign keeps its range as well: the logarithm of smaller numbers could silence every unit behind it.
    private static void KeepSignsAndOrder(TensorProto original, double[] values, bool isMatrix, ulong hash)
    {
        var (least, largest, isSorted) = RangeOf(original, values.Length);
        if (least == 0 && largest == 0) return;
        bool hasOneSign = least >= 0 || largest <= 0;
        for (int i = 0; i < values.Length && isMatrix && hasOneSign; i++)
        {
            double random = SplitMix64.Uniform(hash, (ulong)i + 1);
            values[i] = largest > least ? least + ((largest - least) * random) : least * (0.5 + random);
        }
        if (isSorted && least < largest) Array.Sort(values);
    }

    // Stops at the first elements that show that nothing has to be kept, which most weights have at their beginning.
    private static (double Least, double Largest, bool IsSorted) RangeOf(TensorProto tensor, int count)
    {
        double least = double.PositiveInfinity, largest = double.NegativeInfinity, last = double.NegativeInfinity;
        bool isSorted = true;
        for (int i = 0; i < count && (isSorted || least >= 0 || largest <= 0); i++)
        {
            double value = Tensors.At(tensor, i);
            isSorted &= last <= value;
            (least, largest, last) = (Math.Min(least, value), Math.Max(largest, value), value);
        }
        return (least, largest, isSorted);
    }

    // A quarter of the half range is the spread of a normal weight whose largest elements reach its ends; a bias of the spread of a few
    // products of full operands moves a sum, and does not saturate it.
    private static double Quantized(TensorProto tensor, QuantizedTensor quantized, long[] dims, ulong hash, long i)
    {
        var type = Tensors.TypeOf(tensor);
        double normal = SplitMix64.Normal(hash, (ulong)i + 1);
        if (type == ElementType.Int32) return Math.Round(4096 * normal);
        if (SmallFloat.Is(type)) return normal;
        var (low, high) = ElementTypes.Range(type);
        double zero = quantized.HasConstantZero ? quantized.ZeroPointAt(dims, i) : (low + high + 1) / 2;
        return Math.Clamp(Math.Round(zero + ((high - low + 1) / 8 * normal)), low, high);
    }

    private static long FanIn(long[] dims) =>
        Math.Max(1, dims.Length > 2 ? dims.Skip(1).Aggregate(1L, (n, d) => n * d) : dims.DefaultIfEmpty(1).Min());
}
