using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>How much a message matters.</summary>
public enum Severity
{
    /// <summary>Information that requires no action.</summary>
    Info,

    /// <summary>Costs compression, never correctness.</summary>
    Warning,

    /// <summary>The work failed.</summary>
    Error,
}

/// <summary>One message of the compiler, printed on one line in the form that MSBuild and editors read.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The stable code, <c>OP</c> and four digits.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="File">The file it concerns, or null.</param>
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
