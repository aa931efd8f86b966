namespace OnnxPrune.Testing;

/// <summary>Malformed ONNX text; lines and columns count from 1.</summary>
internal sealed class OnnxTextException(int line, int column, string problem)
    : FormatException($"line {line}, column {column}: {problem}")
{
    /// <summary>The line of the offending token.</summary>
    public int Line { get; } = line;

    /// <summary>The column of the offending token.</summary>
    public int Column { get; } = column;
}
