using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>The severity of a message.</summary>
public enum Severity
{
    /// <summary>Information that requires no action.</summary>
    Info,

    /// <summary>The result is correct, but compression may be lower.</summary>
    Warning,

    /// <summary>The operation failed.</summary>
    Error,
}

/// <summary>One message of the compiler, printed on one line in the format that MSBuild and editors parse.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Code">The stable code, <c>OP</c> and four digits.</param>
/// <param name="Message">The problem and its cure.</param>
/// <param name="File">The file that the message concerns, or null.</param>
public sealed record Diagnostic(Severity Severity, string Code, string Message, string? File = null)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string severity = Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };
        string text = Message.ReplaceLineEndings(" ");
        return $"{File ?? "onnxprune"} : {severity} {Code}: {text}";
    }
}
