using OnnxPrune.Numerics;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>What a layer is fitted to be.</summary>
/// <param name="Weights">W of each group of the convolution, [outputs, features].</param>
/// <param name="Intercept">One number per output channel.</param>
internal sealed record LinearSolution(IReadOnlyList<Matrix> Weights, IReadOnlyList<double> Intercept);
