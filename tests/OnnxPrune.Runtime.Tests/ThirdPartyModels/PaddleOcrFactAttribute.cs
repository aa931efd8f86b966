namespace OnnxPrune.Runtime.Tests.ThirdPartyModels;

/// <summary>A fact on the PP-OCRv4 models, skipped with the reason where they could not be restored.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PaddleOcrFactAttribute : FactAttribute
{
    public PaddleOcrFactAttribute() => Skip = PaddleOcr.Missing;
}
