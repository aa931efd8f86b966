using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>A failure with a code, the file or node that it concerns, and a cure. No file has been written when it is thrown.</summary>
public sealed class OnnxPruneException : Exception
{
    /// <summary>Creates a failure with a code. The failure concerns <paramref name="file"/>; null if the file is not known.</summary>
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

    /// <summary>The same failure with the file <paramref name="file"/>, unless the failure already names a file.</summary>
    public OnnxPruneException Concerning(string file) => File is null ? new OnnxPruneException(Code, Message, file, this) : this;

    /// <summary>The line that MSBuild and editors parse: <c>file : error OP1234: problem and cure</c>.</summary>
    public override string ToString() => new Diagnostic(Severity.Error, Code, Message, File).ToString();
}
