using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Execution;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Random inputs for a model, at two choices of its symbolic dimensions: standard normal floats, quantised numbers of the whole range of
/// their type, and other integers that are valid indices.
/// </summary>
internal static class InputGenerator
{
    // A gigabyte of floats: what is declared larger is not run.
    private const double LargestCount = 1 << 28;

    /// <summary>Inputs for a run of the verification, 0 or 1.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Create(ModelAnalysis analysis, int run, int seed) =>
        Create(analysis, input => input.Declared is null ? null : analysis.Shapes.Valuation.RunShape(input.Declared, run), seed);

    /// <summary>Inputs of these shapes.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Create(ModelAnalysis analysis, Func<Value, long[]?> shape, int seed) =>
        analysis.Graph.Inputs.ToDictionary(input => input.Name, input => Create(analysis, input, shape(input), seed));

    /// <summary>One input of this shape.</summary>
    public static HostTensor Create(ModelAnalysis analysis, Value input, long[]? dims, int seed) =>
        Create(analysis, input, analysis.Shapes[input].Type, dims, seed);

    /// <summary>Checks that a tensor of this shape can be made.</summary>
    /// <exception cref="OnnxPruneException">OP5002: it is too large.</exception>
    public static void CheckSize(Value input, long[] dims)
    {
        if (dims.Aggregate(1.0, (n, d) => n * d) > LargestCount) throw NotRun(input, $"has the shape {string.Join(" x ", dims)}, which is too large");
    }

    /// <summary>One input of this type and shape.</summary>
    public static HostTensor Create(ModelAnalysis analysis, Value input, ElementType type, long[]? dims, int seed)
    {
        if (dims is null) throw NotRun(input, "does not declare a shape");
        if (type == ElementType.String) throw NotRun(input, "contains strings");
        CheckSize(input, dims);
        var element = (TensorElementType)(int)type;
        var random = new Random(HashCodeOf(input.Name, seed));
        var (low, high) = Range(analysis, input);
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        bool isFloat = element is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16 or TensorElementType.BFloat16;
        for (int i = 0; i < values.Length; i++) values[i] = isFloat ? Normal(random) : random.NextInt64(low, high + 1);
        return HostTensor.Of(element, dims, values);
    }

    private static OnnxPruneException NotRun(Value input, string why) =>
        new(ErrorCodes.NotVerified, $"the input '{input.Name}' {why}, so the model cannot be run on generated inputs");

    // The smallest axis that the input is used to index, through casts and the like; 1 where it is not used so.
    private static long LargestIndex(ModelAnalysis analysis, Value input)
    {
        var followed = new HashSet<Value> { input };
        long smallest = long.MaxValue;
        foreach (var node in analysis.Graph.Nodes)
        {
            if (Moved(analysis, node).Any(followed.Contains)) followed.UnionWith(node.Outputs.OfType<Value>());
            for (int slot = 1; slot < node.Inputs.Length; slot++)
            {
                if (node.Inputs[slot] is not { } index || !followed.Contains(index)) continue;
                if (analysis.Operators.Find(node)?.IndexedAxis(node, slot) is not { } indexed) continue;
                if (analysis.Shapes[node.Inputs[0]!].Shape is not { } data) continue;
                var axis = data[ShapeContext.Axis(indexed, data.Length)];
                smallest = Math.Min(smallest, Enumerable.Range(0, Size.Count).Min(v => axis[v]));
            }
        }
        return smallest == long.MaxValue ? 1 : Math.Max(0, smallest - 1);
    }

    // The inputs whose elements are elements of the outputs, as those of selected boxes.
    private static IEnumerable<Value> Moved(ModelAnalysis analysis, Node node) => node.Inputs
        .Where((_, slot) =>
            (slot == 0 && analysis.Operators.Computes(ElementFunction.Identity, node)) || analysis.Operators.Find(node)?.MovesElements(node, slot) == true)
        .OfType<Value>();

    /// <summary>The inputs with every float moved up or down by 2⁻²¹ of itself: as little as rounding inside a network moves its values.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Rounded(IReadOnlyDictionary<string, HostTensor> inputs, int seed)
    {
        var random = new Random(seed);
        return inputs.ToDictionary(i => i.Key, i => !i.Value.IsFloat ? i.Value : HostTensor.Of(
            i.Value.Type, i.Value.Dims, Array.ConvertAll(i.Value.ToDoubles(), v => v * (1 + Math.ScaleB(random.Next(2) == 0 ? 1 : -1, -21)))));
    }

    private static (long Low, long High) Range(ModelAnalysis analysis, Value input)
    {
        if (analysis.Layouts.Quantized[input] is null) return (0, LargestIndex(analysis, input));
        return analysis.Shapes[input].Type switch
        {
            ElementType.Uint8 => (byte.MinValue, byte.MaxValue),
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.Uint16 => (ushort.MinValue, ushort.MaxValue),
            _ => (short.MinValue, short.MaxValue),
        };
    }

    /// <summary>A standard normal number.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int HashCodeOf(string name, int seed)
    {
        uint hash = 2166136261 ^ (uint)seed;
        foreach (char c in name) hash = (hash ^ c) * 16777619;
        return (int)hash;
    }
}
