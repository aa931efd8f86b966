namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Recurrent layers, stacked: the hidden units of every layer leave all of its gates, states and readers.</summary>
public class RecurrentTests
{
    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    public void Stacked_layers_lose_units_apart(string op, int gates) => Pattern.Holds(
        $$"""
        g (float[6,N,3] x) => (float[6,N,5] y)
        <float[1,{{gates * 7}},3] w1 = normal 0.4, float[1,{{gates * 7}},7] r1 = normal 0.3, float[1,{{gates * 14}}] b1 = normal 0.2,
         float[1,{{gates * 8}},7] w2 = normal 0.3, float[1,{{gates * 8}},8] r2 = normal 0.3, float[8,5] head = normal 0.3, int64[1] one = {1}>
        {
            h1 = {{op}} <hidden_size = 7> (x, w1, r1, b1)  s1 = Squeeze (h1, one)
            h2 = {{op}} <hidden_size = 8> (s1, w2, r2)  s2 = Squeeze (h2, one)  y = MatMul (s2, head)
        }
        """,
        "7: w1[1] r1[1] r1[2] b1[1] w2[2]",
        "8: w2[1] r2[1] r2[2] head[0]");

    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    public void Both_directions_lose_units_of_the_same_number(string op, int gates) => Pattern.Holds(
        $$"""
        g (float[6,N,3] x, int32[N] lengths) => (float[6,N,5] y)
        <float[2,{{gates * 7}},3] w1 = normal 0.4, float[2,{{gates * 7}},7] r1 = normal 0.3, float[2,{{gates * 14}}] b1 = normal 0.2,
         float[2,{{gates * 8}},14] w2 = normal 0.3, float[2,{{gates * 8}},8] r2 = normal 0.3, float[16,5] head = normal 0.3, int64[3] flat = {0, 0, -1}>
        {
            h1 = {{op}} <hidden_size = 7, direction = "bidirectional"> (x, w1, r1, b1, lengths)  t1 = Transpose <perm = [0,2,1,3]> (h1)  s1 = Reshape (t1, flat)
            h2 = {{op}} <hidden_size = 8, direction = "bidirectional"> (s1, w2, r2)  t2 = Transpose <perm = [0,2,1,3]> (h2)  s2 = Reshape (t2, flat)  y = MatMul (s2, head)
        }
        """,
        "7: w1[1] r1[1] r1[2] b1[1] w2[2]",
        "8: w2[1] r2[1] r2[2] head[0]");

    [Fact]
    public void Initial_states_and_peepholes_lose_the_same_units() => Pattern.Holds(
        """
        g (float[6,2,3] x) => (float[6,2,5] y)
        <float[1,28,3] w = normal 0.4, float[1,28,7] r = normal 0.3, float[1,56] b = normal 0.2, float[1,2,7] h0 = normal 0.5, float[1,2,7] c0 = normal 0.5, float[1,21] p = normal 0.3, float[7,5] head = normal 0.3, int64[1] one = {1}>
        { h = LSTM <hidden_size = 7> (x, w, r, b, , h0, c0, p)  s = Squeeze (h, one)  y = MatMul (s, head) }
        """,
        "7: w[1] r[1] r[2] b[1] h0[2] c0[2] p[1] head[0]");

    [Theory]
    [InlineData("c = Concat <axis = 0> (one, n, seven)  h0 = ConstantOfShape (c)")]
    [InlineData("c = Concat <axis = 0> (one, n, one)  h0 = Expand (start, c)")]
    [InlineData("h0 = MatMul (x0, init)")]
    public void Initial_states_that_the_model_computes_lose_the_same_units(string state) => Pattern.Holds(
        $$"""
        g (float[6,N,3] x) => (float[6,N,5] y)
        <float[1,21,3] w = normal 0.4, float[1,21,7] r = normal 0.3, float[1,42] b = normal 0.2, float[1,1,7] start = normal 0.5, float[3,7] init = normal 0.5, float[7,5] head = normal 0.3,
         int64[1] zero = {0}, int64[1] one = {1}, int64[1] two = {2}, int64[1] seven = {7}>
        {
            sh = Shape (x)  n = Slice (sh, one, two, zero)  x0 = Slice (x, zero, one, zero)
            {{state}}
            h = GRU <hidden_size = 7, linear_before_reset = 1> (x, w, r, b, , h0)  s = Squeeze (h, one)  y = MatMul (s, head)
        }
        """,
        state.Contains("start", StringComparison.Ordinal)
            ? "7: start[2] w[1] r[1] r[2] b[1] head[0]"
            : state.Contains("init", StringComparison.Ordinal)
            ? "7: init[1] w[1] r[1] r[2] b[1] head[0]"
            : "7: w[1] r[1] r[2] b[1] head[0]");

    [Fact]
    public void A_decoder_starts_from_the_last_state_of_its_encoder() => Pattern.Holds(
        """
        g (float[S,N,3] x, float[6,N,2] z) => (float[6,N,5] y)
        <float[1,28,3] w1 = normal 0.4, float[1,28,7] r1 = normal 0.3, float[1,56] b1 = normal 0.2, float[1,28,2] w2 = normal 0.4, float[1,28,7] r2 = normal 0.3, float[1,56] b2 = normal 0.2, float[7,5] head = normal 0.3, int64[1] one = {1}>
        {
            all, last, cell = LSTM <hidden_size = 7> (x, w1, r1, b1)
            h = LSTM <hidden_size = 7> (z, w2, r2, b2, , last, cell)  s = Squeeze (h, one)  y = MatMul (s, head)
        }
        """,
        "7: w1[1] r1[1] r1[2] b1[1] w2[1] r2[1] r2[2] b2[1] head[0]");

    [Fact]
    public void The_last_states_of_both_directions_are_concatenated() => Pattern.Holds(
        """
        g (float[6,N,3] x) => (float[N,5] y)
        <float[2,21,3] w = normal 0.4, float[2,21,7] r = normal 0.3, float[2,42] b = normal 0.2, float[14,5] head = normal 0.3, int64 zero = {0}, int64 one = {1}>
        { all, last = GRU <hidden_size = 7, direction = "bidirectional"> (x, w, r, b)  f = Gather <axis = 0> (last, zero)  k = Gather <axis = 0> (last, one)  j = Concat <axis = 1> (f, k)  y = MatMul (j, head) }
        """,
        "7: w[1] r[1] r[2] b[1] head[0]");

    [Theory]
    [InlineData("RNN", 1, "Relu", "")]
    [InlineData("RNN", 1, "Sigmoid", "~")]
    [InlineData("GRU", 3, "HardSigmoid Softsign", "")]
    [InlineData("GRU", 3, "Sigmoid Sigmoid", "~")]
    [InlineData("LSTM", 4, "Sigmoid Relu Tanh", "")]
    [InlineData("LSTM", 4, "Sigmoid Tanh Sigmoid", "~")]
    public void Units_can_be_summed_up_if_their_activations_rest_at_zero(string op, int gates, string activations, string mark) => Pattern.Holds(
        $$"""
        g (float[6,N,3] x) => (float[6,N] y)
        <float[1,{{gates * 7}},3] w = normal 0.4, float[1,{{gates * 7}},7] r = normal 0.3, float[1,{{gates * 14}}] b = normal 0.2, int64[2] axes = {1, 3}>
        { h = {{op}} <hidden_size = 7, activations = ["{{activations.Replace(" ", "\", \"", StringComparison.Ordinal)}}"]> (x, w, r, b)  y = ReduceSum <keepdims = 0> (h, axes) }
        """,
        $"{mark}7: w[1] r[1] r[2] b[1]");

    [Fact]
    public void Recurrent_weights_that_are_computed_and_not_zero_mix_what_units_pass_on() => Pattern.Holds(
        """
        <ir_version: 8, opset_import: ["" : 17]> g (float[6,N,3] x, float[1,21,7] r = normal 0.3) => (float[6,N,5] y)
        <float[1,21,3] w = normal 0.4, float[7,5] head = normal 0.3, int64[1] one = {1}>
        { e = Sigmoid (r)  h = GRU <hidden_size = 7> (x, w, e)  s = Squeeze (h, one)  y = MatMul (s, head) }
        """,
        "~7: r[1] r[2] w[1] head[0]");
}
