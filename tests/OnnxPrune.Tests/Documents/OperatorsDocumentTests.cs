using System.Text;
using OnnxPrune.Operators;
using OnnxPrune.Testing;

namespace OnnxPrune.Documents;

/// <summary>docs/operators.md is generated from the operator table and from the lines that the operator tests assert.</summary>
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
        Assert.Fail($"docs/operators.md differs from the operator table; if the table is right, replace the document with {beside}");
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
        if (entry.Operator is Pinned) return "not pruned";
        var printed = Lines[entry.Name].Where(l => l.Opset >= entry.FirstOpset).Select(l => l.Expected.Split(": ", 2)[1]).Distinct().ToList();
        string shown = string.Join("<br>", printed.Take(MostExamples).Select(line => $"`{line.Replace("|", "\\|", StringComparison.Ordinal)}`"));
        return printed.Count > MostExamples ? $"{shown}<br>and {printed.Count - MostExamples} more" : shown;
    }

    private const string Introduction = """
        # Operators

        This page lists the supported operators. Examples show the coupling of each operator: inputs, an arrow, outputs, with one term per axis. The
        operator tests assert these examples. Equal letters are coupled, so they lose the same channels. A number is a size that never shrinks, `*`
        is a product whose right factor varies faster, `+` is a concatenation, `()` is a scalar, `?` is a value of unknown rank, and `_` is an
        omitted input or a shape input. An operator whose coupling depends on its attributes has several lines.

        *Not pruned* means that the compiler knows the operator, and removes nothing from its inputs and outputs, without a warning. Operators that
        are not listed are not pruned either, and cause the warning OP3001: the result is correct, only larger than necessary.

        A test generates this page from the table in `src/OnnxPrune/Operators`.

        """;
}
