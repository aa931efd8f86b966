namespace OnnxPrune.Runtime.Tests.ThirdPartyModels;

/// <summary>A theory on the PP-OCRv4 models, skipped with the reason where they could not be restored.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PaddleOcrTheoryAttribute : TheoryAttribute
{
    public PaddleOcrTheoryAttribute() => Skip = PaddleOcr.Missing;
}
