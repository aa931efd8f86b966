using System.Globalization;
using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.LatencyBenchmarks;

/// <summary>What half of the MACs, and half of the latency, come to in measured latency, by the multiples that channels are kept in.</summary>
internal static class Speedups
{
    private static readonly (string Budget, int? RoundTo)[] Cases =
    [
        ("macs=50%", 1),
        ("macs=50%", null),
        ("macs=50%", 8),
        ("macs=50%", 16),
        ("latency=50%", 1),
        ("latency=50%", null),
    ];

    private static readonly LatencyOptions Timing = new();

    /// <summary>Prints a table of one model: a name in the zoo, or of a file in models.</summary>
    public static void Print(string name, TextWriter output)
    {
        var model = Zoo.Names.Contains(name) ? Zoo.Load(name) : ModelFile.Load(RepositoryRoot.Model(name + ".onnx"));
        var analysis = ModelAnalysis.Run(model);
        output.WriteLine($"## {name}\n\n| budget | round-to | MACs | latency | 95% interval | speedup |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var (budget, roundTo) in Cases) output.WriteLine(Row(analysis, budget, roundTo));
        output.WriteLine();
    }

    private static string Row(ModelAnalysis analysis, string budget, int? roundTo)
    {
        var options = new PruneOptions { Budget = Budget.Parse(budget), Allocation = new AllocationOptions(RoundTo: roundTo) };
        string multiple = roundTo?.ToString(CultureInfo.InvariantCulture) ?? "default";
        try
        {
            var plan = options.Budget.Kind == BudgetKind.Latency
                ? new LatencySelection(analysis, options, Timing, ExecutionProvider.Cpu).Plan(Planner.Plan)
                : Planner.Plan(analysis, options);
            var pruned = Rewriter.Prune(plan.Cut);
            var ratio = LatencyComparison.Run(analysis.Source, pruned, Timing, ExecutionProvider.Cpu).Ratio!;
            double macs = (double)plan.Totals.After.Macs / plan.Totals.Before.Macs;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {budget} | {multiple} | {100 * macs:0.0}% | {100 * ratio.Median:0.0}% | "
                + $"{100 * ratio.Low:0.0}% to {100 * ratio.High:0.0}% | {ratio.Speedup:0.00} |");
        }
        catch (OnnxPruneException e)
        {
            return $"| {budget} | {multiple} | | {e.Code} | | |";
        }
    }
}
