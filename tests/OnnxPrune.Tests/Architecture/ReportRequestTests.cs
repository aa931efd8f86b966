using System.Text.RegularExpressions;
using OnnxPrune.Testing;

namespace OnnxPrune.Architecture;

/// <summary>Users are asked to report defects only: failed internal checks, and a proof that failed. Everything else has a cure.</summary>
public class ReportRequestTests
{
    [Fact]
    public void Only_defects_ask_for_a_report()
    {
        var asking = from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
                     where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                     let text = File.ReadAllText(file)
                     from Match request in Regex.Matches(text, "please report")
                     let code = Regex.Matches(text[..request.Index], @"ErrorCodes\.(\w+)").LastOrDefault()?.Groups[1].Value
                     let next = Regex.Match(text[request.Index..], @"^[^;]*;[^;]*ErrorCodes\.(\w+)").Groups[1].Value
                     where code is not (nameof(ErrorCodes.InternalError) or nameof(ErrorCodes.VerificationFailed)) && next != nameof(ErrorCodes.InternalError)
                     select $"{file}: {code}";
        Assert.Empty(asking);
    }
}
