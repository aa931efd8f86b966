using System.Text;
using OnnxPrune.Operators;
using OnnxPrune.Testing;

namespace OnnxPrune.Documents;

/// <summary>docs/operators.md is written from the operator table and from the lines that its tests assert.</summary>
public class OperatorsDocumentTests
{
    private const int MostExamples = 3;

    private static readonly string Document = Path.Combine(RepositoryRoot.Path, "docs", "operators.md");

    private static readonly ILookup<string, CouplingLine> Lines = CouplingLines.All.ToLookup(l => l.Operator);

    [Fact]
    public void The_document_says_what_the_table_holds()
    {
        string written = File.ReadAllText(Document).ReplaceLineEndings("\n"), made = Made();
        if (written == made) return;
        string beside = Path.Combine(RepositoryRoot.Path, "artifacts", "operators.md");
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        File.WriteAllText(beside, made);
        Assert.Fail($"docs/operators.md is not what the table says; where the table is right, copy {beside} over it");
    }

    private static string Made()
    {
        var text = new StringBuilder(Introduction);
        foreach (var domain in OperatorSet.Default.Entries.GroupBy(e => e.Domain))
        {
            text.Append($"\n## {(domain.Key.Length > 0 ? domain.Key : "ai.onnx")}\n\n| operator | opset | coupling |\n| --- | --- | --- |\n");
            foreach (var entry in domain) text.Append($"| {entry.OpType} | {Opsets(entry)} | {Couplings(entry)} |\n");
        }
        return text.ToString();
    }

    private static string Opsets(OperatorEntry entry) =>
        entry.LastOpset == long.MaxValue ? $"{entry.FirstOpset} and later" : $"{entry.FirstOpset} to {entry.LastOpset}";

    private static string Couplings(OperatorEntry entry)
    {
        if (entry.Operator is Pinned) return "left alone";
        var printed = Lines[entry.Name].Where(l => l.Opset >= entry.FirstOpset).Select(l => l.Expected.Split(": ", 2)[1]).Distinct().ToList();
        string shown = string.Join("<br>", printed.Take(MostExamples).Select(line => $"`{line.Replace("|", "\\|", StringComparison.Ordinal)}`"));
        return printed.Count > MostExamples ? $"{shown}<br>and {printed.Count - MostExamples} more" : shown;
    }

    private const string Introduction = """
        # Operators

        What the compiler knows of each operator, by examples that its tests assert: inputs, an arrow, outputs, one term per axis. Equal letters are
        coupled: they lose the same channels. A number is a size that never shrinks, `*` nests (the right factor varies faster), `+` puts one behind
        the other, `()` is a scalar, `?` a value of unknown rank, and `_` an input that is left out or tells a shape. An operator whose coupling depends
        on its attributes has several lines.

        *Left alone* means that nothing is removed from what the operator reads and writes, knowingly and without a warning. An operator that is not
        here is left alone, too, with the warning OP3001: the result is right, only larger than it might be.

        This page is written by a test from the table in `src/OnnxPrune/Operators`.

        """;
}
