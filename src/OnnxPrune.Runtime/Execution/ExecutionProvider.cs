using System.Globalization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime;

/// <summary>The hardware that runs models: the CPU, or a CUDA device.</summary>
/// <param name="Name"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Device">The number of the CUDA device, from 0.</param>
public sealed record ExecutionProvider(string Name, int Device = 0)
{
    /// <summary>The paths of the custom operator libraries that sessions load.</summary>
    public IReadOnlyList<string> CustomOps { get; init; } = [];

    /// <summary>The CPU.</summary>
    public static readonly ExecutionProvider Cpu = new("cpu");

    /// <summary>Parses <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the text is not a provider.</exception>
    public static ExecutionProvider Parse(string text)
    {
        string[] parts = text.Split(':');
        if (text == "cpu") return Cpu;
        int device = 0;
        bool valid = parts[0] == "cuda"
            && parts.Length <= 2
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out device));
        return valid
            ? new ExecutionProvider("cuda", device)
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{text}' is not an execution provider; use cpu, cuda or cuda:DEVICE");
    }

    /// <inheritdoc/>
    public override string ToString() => Name == "cpu" ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}:{Device}");
}
