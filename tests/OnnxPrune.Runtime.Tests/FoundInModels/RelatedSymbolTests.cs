using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Symbolic dimensions that depend on each other, as those of language models with a cache and of graphs do.</summary>
public class RelatedSymbolTests
{
    [Fact]
    public void A_symbol_has_the_same_size_on_the_first_axis_and_on_others() => ModelText.Verified(
        """
        g (float[n,3] x, float[n,n] weight) => (float[n,2] y)
        <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5>
        { p = MatMul (x, a)  q = MatMul (weight, p)  y = MatMul (q, b) }
        """);

    [Theory]
    [InlineData("past + new")]
    [InlineData("total")]
    public void Attention_over_a_cache_and_new_tokens_masks_all_of_them(string total)
    {
        var model = OnnxText.Parse(
            """
            g (float[batch,new,6] x, float[batch,past,8] cached, float[batch,1,all] mask) => (float[batch,new,2] y)
            <float[6,8] wq = normal 0.5, float[6,8] wk = normal 0.5, float[6,10] wv = normal 0.5, float[8,10] wc = normal 0.5, float[10,2] wo = normal 0.5>
            {
                q = MatMul (x, wq)  k0 = MatMul (x, wk)  k = Concat <axis = 1> (cached, k0)  t = Transpose <perm = [0, 2, 1]> (k)
                s = MatMul (q, t)  m = Add (s, mask)  p = Softmax <axis = -1> (m)
                v0 = MatMul (x, wv)  v1 = MatMul (cached, wc)  v = Concat <axis = 1> (v1, v0)
                o = MatMul (p, v)  y = MatMul (o, wo)
            }
            """);
        model.Graph.Input[2].Type.TensorType.Shape.Dim[2].DimParam = total;

        ModelText.Verified(model);
    }

    [Fact]
    public void A_size_that_is_fixed_inside_the_graph_is_taken_from_there() => ModelText.Verified(
        """
        g (float[N,3] x) => (float[N,2] y)
        <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5, float[4,1] per_row = {1, 2, 3, 4}>
        { p = MatMul (x, a)  q = Mul (p, per_row)  y = MatMul (q, b) }
        """);

    [Fact]
    public void Sequences_may_have_to_be_shorter_than_a_small_table_of_positions() => ModelText.Verified(
        """
        g (float[N,T,3] x) => (float[N,T,2] y)
        <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5, float[16,8] positions = normal 0.5, int64[1] zero = {0}, int64[1] one = {1}, int64[1] two = {2}>
        { s = Shape (x)  t = Slice (s, one, two)  p = MatMul (x, a)  r = Slice (positions, zero, t)  q = Add (p, r)  y = MatMul (q, b) }
        """);
}
