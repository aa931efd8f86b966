namespace VerifyTests;

/// <summary>The outcome of a successful verification.</summary>
public sealed class VerifyResult(string text)
{
    /// <summary>The verified text.</summary>
    public string Text { get; } = text;
}
