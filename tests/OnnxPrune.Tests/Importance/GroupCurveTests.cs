using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

public class GroupCurveTests
{
    private readonly IReadOnlyList<ChannelGroup> groups = Analysis.Of("""
        g (float[N,3] x) => (float[N,2] y) <float[3,4] a = normal 1, float[4,5] b = normal 1, float[5,2] c = normal 1>
        { h = MatMul (x, a) r = Relu (h) i = MatMul (r, b) s = Relu (i) y = MatMul (s, c) }
        """).Groups;

    [Fact]
    public void Scores_add_up_and_of_equal_ones_the_last_leaves_first()
    {
        var curve = GroupCurve.Of(groups[0], [2, 1, 4, 1]);
        Assert.Equal([3, 1, 0, 2], curve.Order);
        Assert.Equal([0.0, 1, 2, 4, 8], curve.Distortion);
    }

    [Fact]
    public void A_curve_made_of_scores_gives_them_back() => Assert.Equal([2.0, 1, 4, 1], GroupCurve.Of(groups[0], [2, 1, 4, 1]).Scores());

    [Fact]
    public void Scores_follow_the_order_of_a_curve_that_flattens() =>
        Assert.Equal([3.0, 3, 1, 3], new GroupCurve(groups[0], [2, 0, 3, 1], [0, 1, 4, 5, 8]).Scores());

    [Fact]
    public void A_group_without_scores_has_no_curve() => Assert.Equal(groups[1], Assert.Single(GroupCurve.Of(groups, [null, [1, 2, 3, 4, 5]])).Group);
}
