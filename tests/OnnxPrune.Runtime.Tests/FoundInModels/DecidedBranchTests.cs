namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>If nodes that exporters write for a squeeze whose axis they do not know to be 1.</summary>
public class DecidedBranchTests
{
    [Fact]
    public void The_branch_that_a_fixed_size_always_takes_is_pruned()
    {
        var analysis = ModelText.Verified(Squeezed("k"));

        Assert.DoesNotContain(analysis.Graph.Nodes, n => n.OpType == "If");
        Assert.Equal(["a[0]"], analysis.Groups.Select(g => g.Id));
    }

    [Fact]
    public void A_branch_that_a_symbolic_size_decides_stays_a_branch()
    {
        var analysis = ModelText.Analyse(Squeezed("n"));

        Assert.Contains(analysis.Graph.Nodes, n => n.OpType == "If");
        Assert.Empty(analysis.Groups);
    }

    [Fact]
    public void A_comparison_that_comes_out_the_same_for_all_sizes_tried_is_not_decided()
    {
        var analysis = ModelText.Analyse(
            """
            g (float[N,3] x) => (float[N,2] y)
            <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5, float[8,2] c = normal 0.5, int64 zero = {0}, int64 many = {100000}>
            {
                p = MatMul (x, a)  s = Shape (x)  n = Gather (s, zero)  few = Less (n, many)
                y = If <then_branch = t () => (r) { r = MatMul (p, b) }, else_branch = e () => (q) { q = MatMul (p, c) }> (few)
            }
            """);

        Assert.Equal(["y"], analysis.Branches.All.Select(b => b.Name));
    }

    [Fact]
    public void Branches_inside_branches_are_taken_too_with_their_own_constants() => ModelText.Verified(
        """
        g (float[N,3] x) => (float[N,2] y)
        <float[3,8] a = normal 0.5, bool yes = {1}, bool no = {0}>
        {
            p = MatMul (x, a)
            y = If <
                then_branch = t () => (r) <float[8,8] w = normal 0.5> {
                    p2 = MatMul (p, w)
                    r = If <
                        then_branch = t2 () => (p3) { p3 = Neg (p2) },
                        else_branch = e2 () => (p4) <float[8,2] w = normal 0.5> { p4 = MatMul (p2, w) }> (no)
                },
                else_branch = e () => (q) <float[8,2] w = normal 0.5> { q = MatMul (p, w) }> (yes)
        }
        """);

    private static string Squeezed(string size) => $$"""
        g (float[N,3,4,4] x) => (float[N,2,4,4] y)
        <float[8,3,1,1] a = normal 0.5, float[2,8,1,1] b = normal 0.5, int64[1] n = {0}, int64[1] k = {1}, int64[1] one = {1},
         int64[6] to = {0, 1, -1, 2, 2, 4}, int64[4] back = {0, -1, 4, 4}>
        {
            p = Conv (x, a)  q = Reshape (p, to)  s = Shape (q)  d = Gather (s, {{size}})  is1 = Equal (d, one)  is0 = Squeeze (is1)
            r = If <
                then_branch = t () => (u) <int64[1] axis = {1}> { u = Squeeze (q, axis) },
                else_branch = e () => (v) { v = Identity (q) }> (is0)
            z = Reshape (r, back)
            y = Conv (z, b)
        }
        """;
}
