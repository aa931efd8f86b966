using OnnxPrune.Diagnostics;

namespace OnnxPrune.Importance;

public class CriterionTableTests
{
    [Fact]
    public void Names_are_unique_and_sorted() =>
        Assert.Equal(CriterionTable.All.Select(c => c.Name).Distinct().Order(StringComparer.Ordinal), CriterionTable.All.Select(c => c.Name));

    [Fact]
    public void Names_are_written_in_small_letters() => Assert.All(CriterionTable.All, c => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", c.Name));

    [Fact]
    public void Every_criterion_has_a_source() => Assert.All(CriterionTable.All, c => Assert.True(c.Source.Length > 10, c.Name));

    [Fact]
    public void What_a_criterion_needs_tells_its_kind() => Assert.All(CriterionTable.All, c => Assert.Equal(c.Needs, c switch
    {
        WeightCriterion => CriterionNeeds.Weights,
        ActivationCriterion => CriterionNeeds.Activations,
        _ => CriterionNeeds.Outputs,
    }));

    [Fact]
    public void Every_criterion_is_found_by_its_name() => Assert.All(CriterionTable.All, c => Assert.Same(c, CriterionTable.Named(c.Name)));

    [Theory]
    [InlineData("l3")]
    [InlineData("L2")]
    [InlineData("")]
    public void An_unknown_name_is_refused_with_the_names_there_are(string name)
    {
        var error = Assert.Throws<OnnxPruneException>(() => CriterionTable.Named(name));
        Assert.Equal(ErrorCodes.InvalidOption, error.Code);
        Assert.All(CriterionTable.All, c => Assert.Contains(c.Name, error.Message, StringComparison.Ordinal));
    }
}
