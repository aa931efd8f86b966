using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>What the elements of a tensor stand for, as the node that reads it says: (q - zero point) · scale.</summary>
internal sealed class QuantizedTensor
{
    private readonly IReadOnlyList<TensorProto> scales;
    private readonly TensorProto? zeroPoint;
    private readonly int axis;
    private readonly long block;

    private QuantizedTensor(IReadOnlyList<TensorProto> scales, TensorProto? zeroPoint, QuantizedZero? zero, int axis, long block)
    {
        this.scales = scales;
        this.zeroPoint = zeroPoint;
        this.axis = axis;
        this.block = block;
        Zero = zero;
    }

    /// <summary>True when the number that stands for zero is a constant.</summary>
    public bool HasConstantZero { get; private init; }

    /// <summary>The number that stands for zero; null where readers disagree.</summary>
    internal QuantizedZero? Zero { get; }

    internal static QuantizedTensor Of(Node node, Quantization quantization, Size[] shape, ShapeInference shapes)
    {
        Value? In(int slot) => slot < node.Inputs.Length ? node.Inputs[slot] : null;
        int axis = quantization.Axis < 0 ? quantization.Axis + shape.Length : quantization.Axis;
        bool Fits(TensorProto parameter) => QuantizedTensor.Fits(parameter, shape, axis, quantization.Block);
        var zero = quantization.ZeroPoint is { } slot ? In(slot) : null;
        return new QuantizedTensor(
            [.. quantization.Scales.Select(s => In(s)?.Initializer).OfType<TensorProto>().Where(Fits)],
            zero?.Initializer,
            QuantizedZero.Of(zero, zero is null ? TensorType.Unknown : shapes[zero], axis),
            axis,
            quantization.Block)
        {
            HasConstantZero = zero is null || (zero.Initializer is { } tensor && Tensors.IsReadable(tensor) && Fits(tensor)),
        };
    }

    /// <summary>The same for a tensor whose elements are moved before they are read: what differs along an axis is not known of it.</summary>
    internal QuantizedTensor Moved() =>
        new([.. scales.Where(s => Tensors.Count(s) == 1)], zeroPoint, Zero?.IsUniform == true ? Zero : null, 0, 0)
        {
            HasConstantZero = HasConstantZero && Zero?.IsUniform == true,
        };

    /// <summary>What is known where another node reads the same tensor.</summary>
    internal QuantizedTensor And(QuantizedTensor other) =>
        Zero == other.Zero ? this : new(scales, zeroPoint, null, axis, block) { HasConstantZero = false };

    /// <summary>The zero point of element <paramref name="i"/> of a tensor with these dims.</summary>
    /// <exception cref="InvalidOperationException">The zero point is not a constant.</exception>
    public double ZeroPointAt(IReadOnlyList<long> dims, long i)
    {
        if (!HasConstantZero) throw new InvalidOperationException("the zero point is not a constant");
        return zeroPoint is null ? 0 : At(zeroPoint, dims, i);
    }

    /// <summary>The numbers that the elements of <paramref name="tensor"/> stand for, up to a factor where the scale is not known.</summary>
    public float[] Dequantize(TensorProto tensor)
    {
        double[] numbers = Tensors.Doubles(tensor);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (HasConstantZero) numbers[i] -= ZeroPointAt(tensor.Dims, i);
            foreach (var scale in scales) numbers[i] *= At(scale, tensor.Dims, i);
        }
        return Array.ConvertAll(numbers, n => (float)n);
    }

    private static bool Fits(TensorProto parameter, Size[] shape, int axis, long block)
    {
        if (Tensors.Count(parameter) == 1) return true;
        if (axis < 0 || axis >= shape.Length) return false;
        if (block == 0)
        {
            return parameter.Dims.Count is > 0 and var rank && (rank == 1 || rank <= axis) && shape[axis].Same(Size.Of(parameter.Dims[^1]))
                && parameter.Dims.SkipLast(1).Zip(shape).All(p => p.Second.Same(Size.Of(p.First)));
        }
        return parameter.Dims.Count == shape.Length
            && shape.Index().All(s => Size.Of(parameter.Dims[s.Index]).Same(s.Index == axis ? s.Item.Map(n => (n + block - 1) / block) : s.Item));
    }

    private double At(TensorProto parameter, IReadOnlyList<long> dims, long i)
    {
        if (Tensors.Count(parameter) == 1) return Tensors.At(parameter, 0);
        long inner = dims.Skip(axis + 1).Aggregate(1L, (n, d) => n * d);
        long along = i / inner % dims[axis];
        if (block == 0)
        {
            long leading = i / dims.Skip(parameter.Dims.Count - 1).Aggregate(1L, (n, d) => n * d);
            return Tensors.At(parameter, (int)((parameter.Dims.Count == 1 ? 0 : leading * dims[axis]) + along));
        }
        long outer = i / inner / dims[axis];
        return Tensors.At(parameter, (int)((((outer * parameter.Dims[axis]) + (along / block)) * inner) + (i % inner)));
    }
}
