namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Constants in the chains that exporters write to compute shapes.</summary>
public class ShapeArithmeticTests
{
    [Fact]
    public void A_small_constant_that_is_expanded_by_computed_sizes_is_the_same_in_the_random_twin() => ModelText.Verified(
        """
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5, float[1,4] eye = {1, 0, 0, 1}, int64 zero = {0}, int64[1] front = {0}, int64[1] one = {1}>
        {
            s = Shape (x)  n = Gather (s, zero)  u = Unsqueeze (n, front)  repeats = Concat <axis = 0> (u, one)
            rank = Shape (repeats)  ones = ConstantOfShape <value = int64[1] {1}> (rank)
            e = Expand (eye, ones)  t = Tile (e, repeats)
            p = MatMul (x, a)  q = MatMul (p, b)  y = Add (q, t)
        }
        """);
}
