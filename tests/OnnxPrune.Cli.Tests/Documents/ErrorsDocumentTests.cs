using System.Reflection;
using System.Text.RegularExpressions;
using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

public partial class ErrorsDocumentTests
{
    [Fact]
    public void Every_code_is_documented_and_every_documented_code_exists() => Assert.Equal(Codes().Order(), Documented().Order());

    [Fact]
    public void Every_code_has_a_meaning_and_a_cure() =>
        Assert.All(Rows(), row => Assert.Equal([true, true], row.Split('|')[2..4].Select(cell => cell.Trim().Length > 10)));

    [Fact]
    public void Every_code_of_the_compiler_is_tested()
    {
        string tests = Text("tests", "*Tests.cs");
        var untested = Constants().Where(code =>
            !tests.Contains((string)code.GetRawConstantValue()!, StringComparison.Ordinal)
                && !tests.Contains($"ErrorCodes.{code.Name}", StringComparison.Ordinal));
        Assert.Empty(untested.Select(code => code.Name));
    }

    private static IEnumerable<FieldInfo> Constants() => typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static IEnumerable<string> Codes()
    {
        var constants = Constants().Select(f => (string)f.GetRawConstantValue()!);
        string build = Text("build", "*.proj") + Text("src/OnnxPrune.MSBuild", "BuildErrors.cs");
        return constants.Concat(Code().Matches(build).Select(m => m.Value).Distinct());
    }

    private static string Text(string folder, string files) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), files, SearchOption.AllDirectories).Select(File.ReadAllText));

    private static IEnumerable<string> Documented() => Rows().Select(row => Code().Match(row).Value);

    private static List<string> Rows() =>
        File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs/errors.md")).Where(line => line.StartsWith("| OP", StringComparison.Ordinal)).ToList();

    [GeneratedRegex(@"OP\d{4}")]
    private static partial Regex Code();
}
