using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Xunit.Abstractions;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <summary>
/// Every operator between two prunable layers: random channels of all exact groups leave, and the outputs are those of the masked model.
/// </summary>
public class BetweenLayersTests(ITestOutputHelper log)
{
    // Many cases have no group to cut.
    private const int CasesPerCut = 5;

    // Cuts tried per operator in the normal run.
    private const int FewCuts = 6;

    // Nothing flows through these, or they hold everything they touch.
    private static readonly HashSet<string> NeverCut =
    [
        "Constant", "ConstantOfShape", "Range", "Shape", "Size", "MeanVarianceNormalization", "OneHot", "BitShift", "BitwiseAnd", "BitwiseNot",
        "BitwiseOr", "BitwiseXor", "com.microsoft.EmbedLayerNormalization"];

    // Two numbers are hardly ever equal, and no number here is infinite or not one: little depends on these.
    private static readonly HashSet<string> WithoutPower = ["Equal", "IsInf", "IsNaN"];

    public static TheoryData<string> Operators => [.. OperatorMatrix.Entries.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Cuts_through_it_are_verified(string name) => Check(name, FewCuts);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Operators))]
    public void Cuts_through_it_are_verified_in_the_long_run(string name) => Check(name, OperatorMatrix.Many);

    private void Check(string name, int most)
    {
        int verified = 0, powerless = 0, nothing = 0, rejected = 0, number = 0;
        var failures = new List<string>();
        foreach (var node in OperatorMatrix.Of(OperatorSet.Default.Entries.Single(e => e.Name == name), Math.Max(CasesPerCut * most, OperatorMatrix.Kept)))
        {
            if (verified + powerless + failures.Count == most) break;
            var alone = ModelAnalysis.Run(OperatorModel.Alone(node));
            var outputs = alone.Graph.Outputs.Select(o => alone.Shapes[o]).ToList();
            var axis = number++ % 2 == 0 ? OperatorModel.PrunableAxis.Channels : OperatorModel.PrunableAxis.Last;
            var model = OperatorModel.BetweenLayers(node, axis, outputs);
            if (model is null || !ModelAnalysis.Run(model).Groups.Any(g => g.IsExact)) nothing++;
            else if (!Runs(model)) rejected++;
            else
            {
                var (verdict, reason) = Pruned(model, number);
                if (verdict == Verdict.Verified) verified++;
                else if (verdict == Verdict.NotVerified) powerless++;
                else failures.Add($"{node} {axis}: {reason}");
            }
        }
        log.WriteLine(
            $"{name}: {verified} verified, {powerless} without power, {nothing} without an exact group, {rejected} rejected by the runtime");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(12)));
        Assert.True(
            NeverCut.Contains(name) || OperatorMatrix.IsUnimplemented(name) || verified + (WithoutPower.Contains(name) ? powerless : 0) >= 4,
            $"only {verified} cuts through {name}");
    }

    private static (Verdict Verdict, string? Reason) Pruned(OnnxModel model, int seed)
    {
        try
        {
            var analysis = ModelAnalysis.Run(model);
            var masks = RandomMasks.Of(analysis, seed);
            var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
            return (report.Verdict, report.Reason);
        }
        catch (OnnxPruneException e)
        {
            return (Verdict.Failed, e.ToString());
        }
    }

    private static bool Runs(OnnxModel model)
    {
        try
        {
            using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
            session.Run(InputGenerator.Create(ModelAnalysis.Run(model), 0, 1));
            return true;
        }
        catch (OnnxPruneException)
        {
            return false;
        }
    }
}
