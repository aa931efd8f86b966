using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>
/// A file of docs, or a part of one, that is made from the code. Where it differs, a test fails and writes what it should be to a .received.txt
/// beside it; with ONNXPRUNE_ACCEPT=1 in the environment, the file itself is written.
/// </summary>
internal static class GeneratedDocument
{
    /// <summary>Checks a whole file, named from the repository's folder.</summary>
    public static void Check(string name, string expected)
    {
        string path = Path.Combine(RepositoryRoot.Path, name), received = path + ".received.txt";
        if (Environment.GetEnvironmentVariable("ONNXPRUNE_ACCEPT") == "1") File.WriteAllText(path, expected);
        string present = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (present == expected) File.Delete(received);
        else File.WriteAllText(received, expected);
        Assert.True(present == expected, $"{name} is not what the code says; compare it with {received}, and accept it with ONNXPRUNE_ACCEPT=1");
    }

    /// <summary>Checks what stands between <c>&lt;!-- part --&gt;</c> and <c>&lt;!-- /part --&gt;</c>.</summary>
    public static void CheckPart(string name, string part, string expected)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, name)).ReplaceLineEndings("\n");
        string begin = $"<!-- {part} -->\n", end = $"<!-- /{part} -->\n";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, to = text.IndexOf(end, StringComparison.Ordinal);
        Check(name, text[..from] + expected + text[to..]);
    }
}
