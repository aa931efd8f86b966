using OnnxPrune.Rewriting;
using OnnxPrune.Testing;

namespace OnnxPrune.Mutation;

/// <summary>Takes files through the whole compiler: load, analyse, plan, rewrite, save, and the plan file back.</summary>
internal sealed class Trial : IDisposable
{
    /// <summary>The outcome of a file that can be pruned.</summary>
    public const string Pruned = "pruned";

    private readonly TemporaryFolder folder = new();

    private string Model => folder.File("m.onnx");

    private string Plan => folder.File("m.plan.json");

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>True for an outcome that no file may have: anything but <see cref="Pruned"/> and a code for files that cannot be used.</summary>
    public static bool IsFault(string outcome) => outcome != Pruned && (outcome.Length != 6 || outcome == ErrorCodes.InternalError);

    /// <summary><see cref="Pruned"/>, the code of the refusal, or the trace of what must not happen.</summary>
    public string Outcome(Mutant mutant)
    {
        try
        {
            File.WriteAllBytes(Model, mutant.Bytes);
            if (mutant.Seed.Data.Length > 0) File.WriteAllBytes(folder.File(SeedModel.DataFile), mutant.Seed.Data);
            Run(mutant);
            return Pruned;
        }
        catch (OnnxPruneException e) when (e.Code != ErrorCodes.InternalError)
        {
            return e.Code;
        }
#pragma warning disable CA1031 // Whatever else is thrown is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"mutant {mutant.Number} of '{mutant.Seed.Name}': {e.GetType().Name}: {e.Message} {e.StackTrace} {e.InnerException?.StackTrace}";
        }
    }

    private void Run(Mutant mutant)
    {
        // As in a run, a group that cannot be removed at one of its nodes is pinned.
        var analysis = CutCheck.Pinned(Analysed());
        _ = analysis.Warnings.Select(w => w.ToString()).ToList();
        var options = new PruneOptions { Budget = Budget.Parse("channels=50%"), AllowApproximate = mutant.Number % 2 == 0 };
        var decision = Planner.Plan(analysis, options);
        ModelFile.Save(Rewriter.Prune(decision.Cut), folder.File("pruned.onnx"));
        Rewriter.Mask(decision.Cut);
        PlanFile.Save(decision.ToPlan(), Plan);
        var read = PruningDecision.Of(analysis, PlanFile.Load(Plan));
        if (!read.Groups.Select(g => g.Kept).SequenceEqual(decision.Groups.Select(g => g.Kept)))
            throw new InvalidOperationException("a plan changes on its way");

        File.WriteAllText(Plan, mutant.Plan(File.ReadAllText(Plan)));
        RunPlan(analysis);
    }

    private ModelAnalysis Analysed()
    {
        try
        {
            return ModelAnalysis.Run(ModelFile.Load(Model));
        }
        catch (OnnxPruneException e) when (e.File != Model)
        {
            throw new InvalidOperationException($"{e.Code} does not name the file", e);
        }
    }

    // A damaged plan of a model that can be pruned.
    private void RunPlan(ModelAnalysis analysis)
    {
        try
        {
            var changed = PruningDecision.Of(analysis, PlanFile.Load(Plan), otherWeights: true);
            Rewriter.Prune(changed.Cut);
            PlanFile.ToJson(changed.ToPlan());
        }
        catch (OnnxPruneException e) when (e.Code != ErrorCodes.InternalError)
        {
        }
    }
}
