using OnnxPrune.Layouts;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>Rules that nest or cut an axis in another order than the operator does: every cut that follows them must fail.</summary>
public class BrokenOrderTests
{
    private const string Cut = """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[16,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.4, float[4,8,1,1] c = normal 0.4>
        { p = Conv (x, a)  q, r = Split <axis = 1, num_outputs = 2> (p)  s = Conv (q, b)  t = Conv (r, c)  y = Mul (s, t) }
        """;

    private const string PackedAttention = """
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,72] w = normal 0.5, float[24,5] wo = normal 0.3, int64[5] apart = {0, 0, 3, 4, 6}, int64[3] hidden = {0, 0, 24}, int64 zero = {0}, int64 one = {1}, int64 two = {2}>
        {
            p1 = MatMul (x, w)  p3 = Reshape (p1, apart)  p = Transpose <perm = [2,0,3,1,4]> (p3)
            q = Gather <axis = 0> (p, zero)  k = Gather <axis = 0> (p, one)  v = Gather <axis = 0> (p, two)
            kt = Transpose <perm = [0,1,3,2]> (k)  s = MatMul (q, kt)  e = Softmax <axis = -1> (s)
            m = MatMul (e, v)  b = Transpose <perm = [0,2,1,3]> (m)  f = Reshape (b, hidden)  y = MatMul (f, wo)
        }
        """;

    private const string Shuffled = """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5, int64[5] apart = {0, 2, 4, 4, 4}, int64[4] together = {0, 8, 4, 4}>
        { p = Conv (x, a)  s = Reshape (p, apart)  t = Transpose <perm = [0,2,1,3,4]> (s)  u = Reshape (t, together)  y = Conv (u, b) }
        """;

    private const string NormalisedInGroups = """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[12,3,1,1] a = normal 0.5, float[3] one = {1, 1, 1}, float[3] zero = {0, 0, 0}, float[4,12,1,1] b = normal 0.5, int64[4] apart = {0, 3, 4, 16}, int64[4] together = {0, 12, 4, 4}>
        { p = Conv (x, a)  s = Reshape (p, apart)  n = InstanceNormalization (s, one, zero)  u = Reshape (n, together)  y = Conv (u, b) }
        """;

    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    public void Gates_nested_inside_the_hidden_units_fail(string op, int gates) =>
        BrokenRule.FailsWith(Recurrent(op, gates), op, couple: c =>
            c.Record(
                "h",
                c.Rule(
                    Notation.Parse("t b i, . h*G i, . h*G h, . h*B?, b? -> t . b h, . b h, . b h"), ("G", gates), ("B", 2 * gates), ("h", 7))["h"]));

    [Fact]
    public void Gates_counted_as_one_block_of_biases_fail() =>
        BrokenRule.FailsWith(Recurrent("GRU", 3), "GRU", couple: c =>
            c.Record("h", c.Rule(Notation.Parse("t b i, . G*h i, . G*h h, . h*B?, b? -> t . b h, . b h, . b h"), ("G", 3), ("B", 6), ("h", 7))["h"]));

    [Fact]
    public void Pieces_of_a_split_in_another_order_fail() =>
        BrokenRule.FailsWith(Cut, "Split", couple: c =>
        {
            var pieces = c.Split(c.Input(0)[1], c.OutputShape(0)[1]);
            for (int i = 0; i < 2; i++) c.Output(i, [c.Input(0)[0], pieces[1 - i], .. c.Input(0).Skip(2)]);
        });

    [Fact]
    public void Heads_outside_queries_keys_and_values_fail() =>
        BrokenRule.FailsWith(PackedAttention, "Reshape", couple: c =>
        {
            if (c.OutputShape(0).Count != 5
                || c.Factor(c.Input(0)[2], c.OutputShape(0)[4]) is not var (rest, size)
                || c.Factor(rest, c.OutputShape(0)[2]) is not var (heads, three))
                OperatorSet.Default.Find(c.Node)!.Couple(c);
            else c.Output(0, [.. c.Input(0).Take(2), three, heads, size]);
        });

    [Fact]
    public void A_shuffle_put_together_in_another_order_fails() =>
        BrokenRule.FailsWith(Shuffled, "Reshape", couple: c =>
        {
            if (c.OutputShape(0).Count == 5) OperatorSet.Default.Find(c.Node)!.Couple(c);
            else c.Output(0, [c.Input(0)[0], c.Product(c.Input(0)[2], c.Input(0)[1]), .. c.Input(0).Skip(3)]);
        });

    [Fact]
    public void The_span_of_an_instance_normalisation_left_unpinned_fails() =>
        BrokenRule.FailsWith(
            NormalisedInGroups,
            "InstanceNormalization",
            couple: c => c.Rule(Notation.Parse("n c ..., c, c -> n c ...")),
            flowZeros: c => c.Output(0, c.Input(0)));

    [Fact]
    public void The_right_rules_pass()
    {
        foreach (string model in new[] { Cut, PackedAttention, Shuffled, NormalisedInGroups, Recurrent("LSTM", 4), Recurrent("GRU", 3) })
            BrokenRule.TheRightOnePasses(model);
    }

    private static string Recurrent(string op, int gates) => $$"""
        g (float[6,N,3] x) => (float[6,N,5] y)
        <float[1,{{gates * 7}},3] w = normal 0.6, float[1,{{gates * 7}},7] r = normal 0.5, float[1,{{gates * 14}}] b = normal 0.5, float[7,5] head = normal 0.5, int64[1] one = {1}>
        { h = {{op}} <hidden_size = 7> (x, w, r, b)  s = Squeeze (h, one)  y = MatMul (s, head) }
        """;
}
