using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

public class SizeExpressionTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("n", 5)]
    [InlineData("n + 2 * 3", 11)]
    [InlineData("(n+2)*3", 21)]
    [InlineData("(h + pads[0] + pads[1] - 3) / 2 + 1", 16)]
    [InlineData("n - 2 - 1", 2)]
    [InlineData("h / 2 / 5", 3)]
    public void An_expression_has_the_value_that_arithmetic_gives(string text, long value) =>
        Assert.Equal(Size.Of(value), SizeExpression.Parse(text).Evaluate(name => Size.Of(name switch { "n" => 5, "h" => 32, _ => 1 })));

    [Theory]
    [InlineData("")]
    [InlineData("n +")]
    [InlineData("(n")]
    [InlineData("n)")]
    [InlineData("n n")]
    [InlineData("n % 2")]
    [InlineData("* 2")]
    [InlineData("n ? 1")]
    public void What_is_no_expression_is_refused(string text) => Assert.Throws<FormatException>(() => SizeExpression.Parse(text));

    [Fact]
    public void A_division_by_zero_is_an_unknown_size() =>
        Assert.False(SizeExpression.Parse("n / 0").Evaluate(_ => Size.One).IsKnown);
}
