using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>A failure with a code, the file or node it concerns, and what to do about it. Nothing has been written when it is thrown.</summary>
public sealed class OnnxPruneException : Exception
{
    /// <summary>Creates the failure <paramref name="code"/>, concerning <paramref name="file"/> where one is known.</summary>
    public OnnxPruneException(string code, string message, string? file = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        File = file;
    }

    /// <summary>The stable code, <c>OP</c> and four digits; see <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The file that the failure concerns, or null.</summary>
    public string? File { get; }

    /// <summary>The same failure, concerning <paramref name="file"/> unless it already names one.</summary>
    public OnnxPruneException Concerning(string file) => File is null ? new OnnxPruneException(Code, Message, file, this) : this;

    /// <summary>The one line that MSBuild and editors read: <c>file : error OP1234: what and what to do</c>.</summary>
    public override string ToString() => new Diagnostic(Severity.Error, Code, Message, File).ToString();
}
