namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Einsum with an ellipsis: its axes are aligned at the last one, and broadcast.</summary>
public class EllipsisTests
{
    [Theory]
    [InlineData("...c,cd->...d", "...d,dc->...c")]
    [InlineData("...tc,cd->...td", "...td,dc->...tc")]
    [InlineData("b...c,cd->b...d", "b...d,dc->b...c")]
    [InlineData("...c,cd", "...d,dc")]
    [InlineData("btc,c...->bt...", "btd,d...->bt...")]
    public void Layers_with_weights_on_the_right(string first, string second) => Assert.Equal(["a[1]"], ModelText.Verified(
        $$"""
        g (float[N,T,12] x) => (float[N,T,5] y)
        <float[12,16] a = normal 0.4, float[16,5] b = normal 0.4>
        { h = Einsum <equation = "{{first}}"> (x, a)  r = Relu (h)  y = Einsum <equation = "{{second}}"> (r, b) }
        """).Groups.Select(g => g.Id));

    [Theory]
    [InlineData("...qd,...kd->...qk", "...qk,...kd->...qd")]
    [InlineData("b...qd,b...kd->b...qk", "b...qk,b...kd->b...qd")]
    public void Attention_over_all_leading_axes(string scores, string mixed)
    {
        var analysis = ModelText.Verified(
            $$"""
            g (float[N,6,12] x) => (float[N,6,5] y)
            <float[12,32] wq = normal 0.4, float[12,32] wk = normal 0.4, float[12,32] wv = normal 0.4, float[32,5] wo = normal 0.4,
             int64[4] split = {0, 6, 4, 8}, int64[3] merge = {0, 6, 32}>
            {
                q0 = MatMul (x, wq)  q1 = Reshape (q0, split)  q = Transpose <perm = [0, 2, 1, 3]> (q1)
                k0 = MatMul (x, wk)  k1 = Reshape (k0, split)  k = Transpose <perm = [0, 2, 1, 3]> (k1)
                v0 = MatMul (x, wv)  v1 = Reshape (v0, split)  v = Transpose <perm = [0, 2, 1, 3]> (v1)
                s = Einsum <equation = "{{scores}}"> (q, k)  p = Softmax <axis = -1> (s)  o = Einsum <equation = "{{mixed}}"> (p, v)
                t = Transpose <perm = [0, 2, 1, 3]> (o)  m = Reshape (t, merge)  y = MatMul (m, wo)
            }
            """);
        Assert.Contains(analysis.Groups, g => g.Kind == ChannelKind.Heads);
    }

    [Fact]
    public void An_axis_of_size_1_is_broadcast_and_states_nothing_about_zeros() => ModelText.Verified(
        """
        g (float[N,6] x) => (float[N,16,5] y)
        <float[6,8] w = normal 0.4, int64[1] one = {1}, float[16,8] a = normal 0.4, float[8,5] b = normal 0.4>
        {
            e = MatMul (x, w)  r = Relu (e)  u = Unsqueeze (r, one)
            h = Einsum <equation = "n...,...->n..."> (u, a)  y = Einsum <equation = "...d,dc->...c"> (h, b)
        }
        """);
}
