using System.Collections.Concurrent;
using System.Globalization;
using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <summary>One node to try: an operator with attributes and operands, at an opset.</summary>
/// <param name="Name">The operator, as the table names it.</param>
/// <param name="Opset">The opset.</param>
/// <param name="Operands">Its inputs.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Outputs">How many outputs it has.</param>
internal sealed record OperatorCase(
    string Name, long Opset, IReadOnlyList<Operand> Operands, IReadOnlyList<AttributeProto> Attributes, int Outputs = 1)
{
    /// <summary>The outputs that the runtime never computes, and that therefore have no name.</summary>
    public IReadOnlyList<int> Unnamed { get; init; } = [];

    /// <summary>The domain of the operator; empty for ai.onnx.</summary>
    public string Domain => Name[..Math.Max(0, Name.LastIndexOf('.'))];

    /// <summary>The operator's name in its domain.</summary>
    public string OpType => Name[(Name.LastIndexOf('.') + 1)..];

    public override string ToString()
    {
        string attributes = string.Join(", ", Attributes.Select(a => $"{a.Name}={Describe(a)}"));
        return $"{Name}-{Opset} <{attributes}> ({string.Join(", ", Operands)})";
    }

    private static string Describe(AttributeProto a) => a.Type switch
    {
        AttributeProto.Types.AttributeType.Int => a.I.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.Float => a.F.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.String => a.S.ToStringUtf8(),
        AttributeProto.Types.AttributeType.Ints => $"[{string.Join(',', a.Ints)}]",
        AttributeProto.Types.AttributeType.Floats => $"[{string.Join(',', a.Floats)}]",
        _ => a.T is null ? "" : $"{(ElementType)a.T.DataType}",
    };
}

/// <summary>One input of a node.</summary>
internal abstract record Operand
{
    /// <summary>The symbolic batch size in the dims of <see cref="Data"/>.</summary>
    public const long Batch = -1;

    // By type and dims, on which alone they depend.
    private static readonly ConcurrentDictionary<string, Constant> SameIntegers = new(StringComparer.Ordinal);

    /// <summary>
    /// A tensor that flows in from the layer before; <paramref name="Guard"/> names a unary operator that keeps its values in the domain.
    /// </summary>
    public sealed record Data(long[] Dims, ElementType Type = ElementType.Float, string? Guard = null) : Operand
    {
        public override string ToString() => $"{Type}[{string.Join(',', Dims.Select(d => d == Batch ? "N" : $"{d}"))}]";
    }

    /// <summary>A quantised tensor, of <see cref="Scale"/> and <see cref="ZeroPoint"/>, that flows in from the layer before.</summary>
    public sealed record Quantized(long[] Dims, ElementType Type) : Operand
    {
        /// <summary>The scale of all quantised tensors that flow.</summary>
        public const double Scale = 0.05;

        /// <summary>The zero point of the quantised tensors of a type: never 0 where it could be another.</summary>
        public static double ZeroPoint(ElementType type) => type switch
        {
            ElementType.Uint8 => 128,
            ElementType.Int8 => 3,
            ElementType.Uint16 => 32768,
            ElementType.Int16 => -5,
            _ => 0,
        };

        public override string ToString() => $"{Type}[{string.Join(',', Dims.Select(d => d == Batch ? "N" : $"{d}"))}]";
    }

    /// <summary>A float initializer with random values between 0.5 and 1.5 in magnitude.</summary>
    public sealed record Weight(params long[] Dims) : Operand
    {
        /// <summary>True for values that are all positive.</summary>
        public bool Positive { get; init; }

        public override string ToString() => $"weight[{string.Join(',', Dims)}]";
    }

    /// <summary>An initializer with these values.</summary>
    public sealed record Constant(TensorProto Tensor) : Operand
    {
        public override string ToString() =>
            $"{Tensors.TypeOf(Tensor)}[{string.Join(',', Tensor.Dims)}]{{{string.Join(',', Tensors.Doubles(Tensor).Take(16))}}}";
    }

    /// <summary>An optional input that is left out.</summary>
    public sealed record Missing : Operand
    {
        public override string ToString() => "-";
    }

    public static Operand Of(params long[] dims) => new Data(dims);

    public static Operand Ints(params long[] values) => new Constant(Tensors.Int64s("", values));

    public static Operand Floats(params double[] values) => new Constant(Tensors.Make("", ElementType.Float, [values.Length], values));

    /// <summary>The zero point of a type, for a whole tensor or for each of some channels.</summary>
    public static Operand Zero(ElementType type, params long[] dims) =>
        new Constant(Tensors.Make("", type, dims, Enumerable.Repeat(Quantized.ZeroPoint(type), (int)dims.Aggregate(1L, (n, d) => n * d)).ToArray()));

    /// <summary>Integers around the zero point of their type, of a quarter of its range.</summary>
    public static Operand Integers(ElementType type, params long[] dims) =>
        SameIntegers.GetOrAdd($"{type} {string.Join(',', dims)}", _ => FreshIntegers(type, dims));

    private static Constant FreshIntegers(ElementType type, long[] dims)
    {
        var random = new Random(dims.Length);
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int i = 0; i < values.Length; i++) values[i] = (type == ElementType.Uint8 ? 128 : 0) + random.Next(-60, 60);
        return new Constant(Tensors.Make("", type, dims, values));
    }

    public static Operand Scalar(double value, ElementType type = ElementType.Float) => new Constant(Tensors.Make("", type, [], [value]));
}
