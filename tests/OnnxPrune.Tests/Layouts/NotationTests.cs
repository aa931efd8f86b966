namespace OnnxPrune.Layouts;

public class NotationTests
{
    [Theory]
    [InlineData("n c")]
    [InlineData("n c -> n -> c")]
    [InlineData("... ~ -> n")]
    [InlineData("~ ~ -> n")]
    [InlineData("n c* -> n c")]
    [InlineData("n *c -> n c")]
    [InlineData("n a++b -> n")]
    [InlineData("n a- -> n")]
    [InlineData("n 3*c -> n c")]
    [InlineData("n? c -> n c")]
    [InlineData("n c -> n (c")]
    public void What_is_not_in_the_notation_is_refused(string text) => Assert.Throws<FormatException>(() => Notation.Parse(text));

    [Fact]
    public void A_notation_prints_as_it_was_written() => Assert.Equal("n c ..., c? -> n c ...", Notation.Parse("n c ..., c? -> n c ...").ToString());

    [Fact]
    public void Axes_are_sums_of_products_of_names()
    {
        var axis = Notation.Parse("n a+B*c -> n").Inputs[0].Axes[1];
        Assert.Equal([["a"], ["B", "c"]], axis.Sum);
        Assert.Null(axis.Variable);
    }

    [Fact]
    public void A_single_small_letter_is_a_variable_and_a_capital_is_not()
    {
        var axes = Notation.Parse("n C -> n").Inputs[0].Axes;
        Assert.Equal(["n", null], axes.Select(a => a.Variable));
    }

    [Fact]
    public void Open_ends_and_pins_are_told_apart()
    {
        Assert.Equal(
            [Notation.AxisKind.Named, Notation.AxisKind.Pinned, Notation.AxisKind.PassedMany],
            Notation.Parse("n . ... -> n").Inputs[0].Axes.Select(a => a.Kind));
        Assert.Equal(Notation.AxisKind.PinnedMany, Notation.Parse("~ -> n").Inputs[0].Axes[0].Kind);
    }

    [Fact]
    public void Optional_tensors_are_marked() => Assert.Equal([false, true], Notation.Parse("n c, c? -> n c").Inputs.Select(i => i.Optional));

    [Fact]
    public void A_scalar_has_no_axes() => Assert.Empty(Notation.Parse("n, -> n").Inputs[1].Axes);
}
