namespace OnnxPrune.Operators;

public class OperatorTableTests
{
    public static TheoryData<CouplingLine> Lines => [.. CouplingLines.All];

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_operator_couples_what_its_line_says(CouplingLine line) => Assert.Equal(line.Expected, line.Actual());

    [Fact]
    public void Every_operator_has_a_line()
    {
        var covered = CouplingLines.All.Select(l => l.Operator).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(OperatorSet.Default.Entries.Where(e => !covered.Contains(e.Name)).Select(e => e.Name));
    }

    [Fact]
    public void The_table_is_alphabetical()
    {
        var names = OperatorSet.Default.Entries.Select(e => (e.Domain, e.OpType)).ToList();
        var sorted = names.OrderBy(n => n.Domain, StringComparer.OrdinalIgnoreCase).ThenBy(n => n.OpType, StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Equal(sorted, names);
    }

    [Fact]
    public void No_two_entries_serve_the_same_opset()
    {
        foreach (var name in OperatorSet.Default.Entries.GroupBy(e => (e.Domain, e.OpType)))
        {
            var ordered = name.OrderBy(e => e.FirstOpset).ToList();
            Assert.All(ordered, e => Assert.True(e.FirstOpset <= e.LastOpset, e.OpType));
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.LastOpset < pair.Second.FirstOpset, pair.First.OpType));
        }
    }
}
