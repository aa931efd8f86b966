using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>What a BatchNormalization multiplies its channels with.</summary>
internal static class NormalizationScale
{
    /// <summary>γ / √(variance + ε) of each channel; null where γ or the variance is computed.</summary>
    /// <param name="initializers">The initializers as they are now, by name.</param>
    /// <param name="normalization">The BatchNormalization.</param>
    public static double[]? Of(IReadOnlyDictionary<string, TensorProto> initializers, Node normalization)
    {
        if (Numbers(initializers, normalization, 1) is not { } gamma || Numbers(initializers, normalization, 4) is not { } variance) return null;
        double epsilon = normalization.Float("epsilon", 1e-5f);
        return [.. gamma.Select((g, c) => g / Math.Sqrt(variance[c] + epsilon))];
    }

    /// <summary>The numbers of one of its inputs; null where they are computed.</summary>
    public static double[]? Numbers(IReadOnlyDictionary<string, TensorProto> initializers, Node node, int slot) =>
        node.Inputs[slot] is { } value && initializers.TryGetValue(value.Name, out var tensor) ? Tensors.Doubles(tensor) : null;
}
