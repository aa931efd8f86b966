namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>What an analysis says of the parts of a network. Texts that several tests share have weights that some of them do not read.</summary>
internal static class UnsupportedParts
{
    /// <summary>The warnings without those of weights that nothing reads.</summary>
    public static IReadOnlyList<Diagnostic> Of(ModelAnalysis analysis) => [.. analysis.Warnings.Where(w => w.Code != ErrorCodes.UnreadParameters)];
}
