using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Selection;

/// <summary>Which channels of LeNet leave, told by calibration data.</summary>
public class CalibratedSelectionTests
{
    private readonly ModelAnalysis lenet = ModelAnalysis.Run(ModelFile.Load(RepositoryRoot.Model("lenet-mnist.onnx")));

    private CalibrationDomain Domain =>
        CalibrationDomain.Of(
            lenet, CalibrationSet.Load(Path.Combine(RepositoryRoot.Path, "models", "mnist-calibration-x.npy"), lenet, 64, 0), ExecutionProvider.Cpu);

    [Fact]
    public void Every_criterion_gives_every_group_a_curve()
    {
        var domain = Domain;
        foreach (var criterion in CriterionTable.All)
        {
            var options = new PruneOptions { Budget = Budget.Parse("macs=50%"), Criterion = criterion };
            var curves = new CalibratedImportance(lenet, domain, options, ExecutionProvider.Cpu).Curves(lenet.Groups);
            Assert.Equal(lenet.Groups, curves.Select(c => c.Group));
            Assert.All(curves, c => Assert.Equal(Enumerable.Range(0, c.Group.Size), c.Order.Order()));
            Assert.All(curves, c =>
                Assert.True(
                    c.Distortion[0] == 0 && c.Distortion.All(double.IsFinite) && c.Distortion[^1] > 0,
                    $"{criterion}: {string.Join(' ', c.Distortion)}"));
        }
    }

    [Theory]
    [InlineData("macs=40%")]
    [InlineData("params=30%")]
    [InlineData("bytes=50%")]
    [InlineData("channels=60%")]
    public void Steps_end_within_the_budget(string budget)
    {
        var options = new PruneOptions { Budget = Budget.Parse(budget), Criterion = CriterionTable.Named("projection"), Normalization = ScoreNormalization.Mean };
        var plan = new StepwiseSelection(lenet, Domain, options, RecoveryMethods.Bias, ExecutionProvider.Cpu).Plan(3);

        var (before, after) = (plan.Totals.Before, plan.Totals.After);
        double share = options.Budget.Kind switch
        {
            BudgetKind.Macs => (double)after.Macs / before.Macs,
            BudgetKind.Params => (double)after.Parameters / before.Parameters,
            BudgetKind.Bytes => (double)after.Bytes / before.Bytes,
            _ => (double)after.Channels / before.Channels,
        };
        Assert.InRange(share, options.Budget.Fraction - 0.1, options.Budget.Fraction);
        Assert.False(plan.Cut.IsEmpty);
    }

    [Fact]
    public void A_candidate_that_loses_more_scores_worse()
    {
        var curves = GroupCurve.Of(
            lenet.Groups,
            ImportanceScores.Compute(
                lenet, lenet.Groups, (WeightCriterion)CriterionTable.Named("l2"), Aggregation.Sum, ScoreNormalization.Mean, 0));
        var score = new CandidateScore(lenet, Domain, RecoveryMethods.Bn, ExecutionProvider.Cpu, null);
        double Of(double share) => score.Of(curves, [.. curves.Select(c => Kept(c, share))], CancellationToken.None);

        Assert.Equal(0, Of(1));
        Assert.InRange(Of(0.7), 1e-6, Of(0.2));
    }

    private static bool[] Kept(GroupCurve curve, double share)
    {
        var leaving = curve.Order.Take((int)((1 - share) * curve.Group.Size)).ToHashSet();
        return [.. Enumerable.Range(0, curve.Group.Size).Select(c => !leaving.Contains(c))];
    }
}
