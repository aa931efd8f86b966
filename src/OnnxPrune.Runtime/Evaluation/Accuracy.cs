namespace OnnxPrune.Runtime.Advanced;

/// <summary>Accuracy of a classifier on labelled data.</summary>
/// <param name="Samples">The number of samples.</param>
/// <param name="Top1">The share of samples whose largest output is the label, 0 to 1.</param>
/// <param name="Top5">The share of samples whose five largest outputs include the label, 0 to 1.</param>
public sealed record Accuracy(int Samples, double Top1, double Top5);
