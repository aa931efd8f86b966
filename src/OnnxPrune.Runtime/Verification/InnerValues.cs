namespace OnnxPrune.Runtime.Verification;

/// <summary>Values inside a model that are compared in place of its outputs.</summary>
/// <param name="Names">Their names.</param>
/// <param name="InWords">Which they are and why, as the end of a sentence.</param>
internal sealed record InnerValues(IReadOnlyList<string> Names, string InWords);
