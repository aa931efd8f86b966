namespace OnnxPrune.Testing;

public class OnnxTextErrorTests
{
    [Theory]
    [InlineData("g () => () { y = Relu(x }", 25, "expected ')', found '}'")]
    [InlineData("g () => () { y = Relu(x)", 25, "expected '=', found the end of the text")]
    [InlineData("g (float[N x) => () {}", 12, "expected ']', found 'x'")]
    [InlineData("g () => () { y Relu(x) }", 16, "expected '=', found 'Relu'")]
    [InlineData("<ir: 8> g () => () {}", 2, "'ir' is not a key of this header")]
    [InlineData("<ir_version: \"8\"> g () => () {}", 14, "expected an integer, found \"8\"")]
    [InlineData("g () => () <float[2] w = {1}> {}", 26, "expected 2 values, found 1")]
    [InlineData("g () => () <float[N] w = {1}> {}", 26, "values need a type with numeric dimensions")]
    [InlineData("g () => () <float[] w = {1}> {}", 25, "values need a tensor type with a shape")]
    [InlineData("g () => () <uint8[1] w = {256}> {}", 27, "'256' does not fit the type Byte")]
    [InlineData("g () => () <float4e2m1[1] w = {1}> {}", 32, "values of type Float4E2M1 are not supported")]
    [InlineData("g () => () <int64[1] w = {1.5}> {}", 27, "expected an integer, found '1.5'")]
    [InlineData("g () => () <bool[1] w = normal 1> {}", 25, "initializers of type Bool are not filled")]
    [InlineData("g () => () <float[1] w = normal inf> {}", 33, "expected a finite number")]
    [InlineData("g () => () <float[1] w = uniform 1> {}", 35, "expected a number, found '>'")]
    [InlineData("g () => () { y = F <a = []> () }", 25, "an empty list needs a type")]
    [InlineData("g () => () { y = F <a : int = []> () }", 31, "a list is no value of type Int")]
    [InlineData("g () => () { y = F <a = [1, \"b\"]> () }", 25, "the list mixes types")]
    [InlineData("g () => () { y = F <a : ints = 1.5> () }", 32, "expected a value of type Ints, found Float")]
    [InlineData("g () => () { y = F <a : number = 1> () }", 25, "expected an attribute type, found 'number'")]
    [InlineData("g () => () { y = F <a = > () }", 25, "expected an attribute value, found '>'")]
    [InlineData("g () => (seq(tensor) y) {}", 14, "'tensor' is not a type")]
    [InlineData("g () => () { y = F <a = \"b> () }", 25, "a string is not closed on its line")]
    [InlineData("g () => () { y = F <a = -> () }", 25, "a number has no digits")]
    [InlineData("g () => () { y = F <a = -b> () }", 25, "'-b' is not a number")]
    [InlineData("g () => () { y = F <a = 1e> () }", 26, "an exponent has no digits")]
    [InlineData("g () => () { y ! }", 16, "unexpected character '!'")]
    public void Malformed_text_names_the_place_and_the_problem(string text, int column, string problem)
    {
        OnnxTextException exception = Assert.Throws<OnnxTextException>(() => OnnxText.Parse(text));

        Assert.Equal($"line 1, column {column}: {problem}", exception.Message);
    }

    [Fact]
    public void Lines_are_counted_through_comments_and_blanks()
    {
        OnnxTextException exception = Assert.Throws<OnnxTextException>(() => OnnxText.Parse("# one\r\n\r\ng () =>\n  {"));

        Assert.Equal((4, 3), (exception.Line, exception.Column));
    }

    [Fact]
    public void Nothing_follows_a_graph_parsed_alone() =>
        Assert.Throws<OnnxTextException>(() => OnnxText.ParseGraph("g () => () {} h"));
}
