using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>
/// A node as a normalisation with fixed statistics: y = scale·(x − mean)/√(variance + ε) + bias for each channel, the second axis of x.
/// </summary>
/// <param name="Scale">The slot of the scale.</param>
/// <param name="Bias">The slot of the bias.</param>
/// <param name="Mean">The slot of the mean.</param>
/// <param name="Variance">The slot of the variance.</param>
/// <param name="Epsilon">ε.</param>
public sealed record NormalizationView(int Scale, int Bias, int Mean, int Variance, double Epsilon);
