namespace OnnxPrune.Cli.Tests.Torch;

/// <summary>A theory that runs PyTorch; skipped with the reason where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Python.Missing;
}
