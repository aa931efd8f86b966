using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>What a BatchNormalization multiplies its channels with.</summary>
internal static class NormalizationScale
{
    /// <summary>γ / √(variance + ε) of each channel; null where γ or the variance is computed.</summary>
    /// <param name="initializers">The initializers as they are now, by name.</param>
    /// <param name="normalization">The BatchNormalization.</param>
    /// <param name="view">Where its operands are.</param>
    public static double[]? Of(IReadOnlyDictionary<string, TensorProto> initializers, Node normalization, NormalizationView view)
    {
        if (Numbers(initializers, normalization, view.Scale) is not { } gamma) return null;
        if (Numbers(initializers, normalization, view.Variance) is not { } variance) return null;
        return [.. gamma.Select((g, c) => g / Math.Sqrt(variance[c] + view.Epsilon))];
    }

    /// <summary>The numbers of one of its inputs; null where they are computed.</summary>
    public static double[]? Numbers(IReadOnlyDictionary<string, TensorProto> initializers, Node node, int slot) =>
        node.Inputs[slot] is { } value && initializers.TryGetValue(value.Name, out var tensor) ? Tensors.Doubles(tensor) : null;
}
