using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>docs/criteria.md has a row for every criterion, with what it needs and where it comes from.</summary>
public class CriteriaDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs/criteria.md"));

    [Fact]
    public void Every_criterion_has_a_row_and_every_row_a_criterion() =>
        Assert.Equal(CriterionTable.All.Select(c => c.Name), Rows().Select(r => r[0].Trim('`')));

    [Fact]
    public void A_row_says_what_the_table_says() => Assert.All(CriterionTable.All.Zip(Rows()), p =>
        Assert.Equal((p.First.Needs.ToString().ToLowerInvariant(), p.First.Source), (p.Second[1], p.Second[3])));

    [Fact]
    public void Every_row_has_a_formula_and_a_use() => Assert.All(Rows(), row => Assert.All(row, cell => Assert.NotEqual("", cell)));

    [Fact]
    public void Every_normalisation_is_explained() =>
        Assert.All(Enum.GetNames<ScoreNormalization>(), name =>
            Assert.Contains(Lines, line => line.StartsWith($"| `{name.ToLowerInvariant()}` |", StringComparison.Ordinal)));

    private static List<string[]> Rows() =>
        [.. Lines.SkipWhile(l => !l.StartsWith("| name |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')).Select(Cells)];

    // A bar in a formula is written \|.
    private static string[] Cells(string row) =>
        [.. row.Replace("\\|", "¦", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim())];
}
