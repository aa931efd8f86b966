using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Operators;
using OnnxPrune.Planning;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Commands;

/// <summary>Loads and analyses the model that a command works on.</summary>
internal static class ModelInput
{
    /// <summary>Loads MODEL.</summary>
    public static OnnxModel Load(Invocation run) => run.Step("Loading", () => ModelFile.Load(run.Value(CommonOptions.Model)));

    /// <summary>Analyses a model with MACs counted at these sizes.</summary>
    /// <exception cref="OnnxPruneException">OP2001: a size is given for a dimension that the model does not have.</exception>
    public static ModelAnalysis Analyse(Invocation run, OnnxModel model, IReadOnlyDictionary<string, long> dimensions)
    {
        CheckNames(model, dimensions);
        var original = NamedOutputs.Only(model, run.Value(CommonOptions.Outputs) ?? []);
        return run.Step("Analysing", () => ModelAnalysis.Run(original, dimensions, Operators(run)));
    }

    /// <summary>Analyses a model with the dimensions of a plan. The check of the plan reports dimensions that the model does not have.</summary>
    public static ModelAnalysis AnalyseFor(Invocation run, OnnxModel model, PruningPlan plan) =>
        run.Step("Analysing", () => ModelAnalysis.Run(NamedOutputs.Only(model, plan.Options.Outputs ?? []), plan.Options.Dimensions, Operators(run)));

    /// <summary>The operators that the compiler knows, with those of --operators.</summary>
    public static OperatorSet Operators(Invocation run) => OperatorRules.SetOf(run.Value(CommonOptions.Operators) ?? []);

    /// <summary>Checks that a model has these symbolic dimensions.</summary>
    /// <exception cref="OnnxPruneException">OP2001: it does not.</exception>
    public static void CheckNames(OnnxModel model, IReadOnlyDictionary<string, long> dimensions)
    {
        var known = model.Proto.Graph.Input.SelectMany(Valuation.Symbols).Distinct().ToList();
        if (dimensions.Keys.FirstOrDefault(name => !known.Contains(name)) is not { } unknown) return;
        string those = known.Count == 0 ? "all its sizes are fixed" : $"it has {string.Join(", ", known)}";
        throw new OnnxPruneException(ErrorCodes.InvalidOption, $"--dim: the model has no symbolic dimension '{unknown}'; {those}");
    }
}
