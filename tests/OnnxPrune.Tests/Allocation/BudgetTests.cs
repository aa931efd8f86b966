using OnnxPrune.Diagnostics;

namespace OnnxPrune.Allocation;

public class BudgetTests
{
    [Theory]
    [InlineData("macs=50%", BudgetKind.Macs, 0.5)]
    [InlineData("params=0.25", BudgetKind.Params, 0.25)]
    [InlineData("BYTES=100%", BudgetKind.Bytes, 1)]
    [InlineData("channels=12.5%", BudgetKind.Channels, 0.125)]
    public void A_budget_is_parsed(string text, BudgetKind kind, double share) => Assert.Equal(new Budget(kind, share), Budget.Parse(text));

    [Theory]
    [InlineData("macs")]
    [InlineData("macs=")]
    [InlineData("macs=0")]
    [InlineData("macs=-5%")]
    [InlineData("macs=101%")]
    [InlineData("macs=50")]
    [InlineData("macs=NaN")]
    [InlineData("flops=50%")]
    [InlineData("0=50%")]
    [InlineData("macs,params=50%")]
    [InlineData("=50%")]
    [InlineData("")]
    public void What_is_not_a_budget_is_refused(string text) =>
        Assert.Equal(ErrorCodes.InvalidOption, Assert.Throws<OnnxPruneException>(() => Budget.Parse(text)).Code);

    [Theory]
    [InlineData("macs=50%")]
    [InlineData("params=33.3333%")]
    public void A_budget_prints_what_it_was_parsed_from(string text) => Assert.Equal(text, Budget.Parse(text).ToString());
}
