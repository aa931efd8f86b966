using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Sensitivity;

public class SensitivityCurvesTests
{
    private readonly ModelAnalysis analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
        g (float[N,4] x) => (float[N,2] y) <float[4,4] a = normal 0.1, float[4,3] b = normal 0.1, float[3,2] c = normal 0.1>
        { p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)  s = Relu (r)  y = MatMul (s, c) }
        """)));

    private SensitivityCurves Kept => SensitivityCurves.Of(
        analysis,
        CriterionTable.Named("obs"),
        new PlannedCalibration("synthetic", 8, "sha256:0"),
        [new GroupCurve(analysis.Groups[0], [2, 0, 3, 1], [0, 0.1, 0.2, 0.4, 1])]);

    [Fact]
    public void Curves_come_back_for_the_groups_that_have_one()
    {
        var curve = Assert.Single(Kept.For(analysis, analysis.Groups, null));

        Assert.Same(analysis.Groups[0], curve.Group);
        Assert.Equal([2, 0, 3, 1], curve.Order);
        Assert.Equal([0, 0.1, 0.2, 0.4, 1], curve.Distortion);
        Assert.Equal([0.1, 0.2, 0.4], new[] { 0.25, 0.5, 0.75 }.Select(Kept.Groups[0].At));
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        Refused(ErrorCodes.PlanStructureMismatch, Kept with { StructureHash = "sha256:1" });
        Refused(ErrorCodes.PlanWeightsMismatch, Kept with { WeightsHash = "sha256:1" });
        Refused(ErrorCodes.InvalidData, Kept, "sha256:1");
        Refused(ErrorCodes.InvalidData, Kept with { Groups = [Kept.Groups[0] with { Error = [0, 1] }] });
        Refused(ErrorCodes.InvalidData, Kept with { Groups = [Kept.Groups[0] with { Order = [0, 0, 1, 2] }] });
        Refused(ErrorCodes.InvalidData, Kept with { Groups = [Kept.Groups[0] with { Error = [0, 0.1, -0.2, 0.4, 1] }] });
    }

    private void Refused(string code, SensitivityCurves curves, string? data = null) =>
        Assert.Equal(code, Assert.Throws<OnnxPruneException>(() => curves.For(analysis, analysis.Groups, data)).Code);
}
