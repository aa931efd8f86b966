using System.Globalization;
using OnnxPrune.Allocation;
using OnnxPrune.Groups;

namespace OnnxPrune.Planning;

/// <summary>What would help where a budget is out of reach: options are tried, and those that help are named with how far they go.</summary>
internal static class BudgetAdvice
{
    /// <summary>A clause that ends the message of the failure.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="options">The options that failed.</param>
    /// <param name="raise">True if a larger budget can be reached.</param>
    public static string For(ModelAnalysis analysis, PruneOptions options, bool raise)
    {
        double now = Least(analysis, options);
        var tried = Relaxed(options).Select(r => (r.Option, Least: Least(analysis, r.Options))).Where(r => r.Least < now - 0.0005).ToList();
        if (tried.Count == 0) return raise ? "; raise the budget" : "";
        var advice = tried.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Option} (down to {100 * r.Least:0.0}%)"));
        return $"; {(raise ? "raise the budget, or " : "")}try {string.Join(", ", advice)}";
    }

    private static double Least(ModelAnalysis analysis, PruneOptions options) =>
        PlanReach.Choices(analysis, options).Min(groups => Allocator.Least(analysis, groups, options.Budget.Kind, options.Allocation));

    private static IEnumerable<(string Option, PruneOptions Options)> Relaxed(PruneOptions options)
    {
        var limits = options.Allocation;
        if (!options.AllowApproximate) yield return ("--allow approximate", options with { AllowApproximate = true });
        if (options.Granularity != Granularity.Auto) yield return ("--granularity all", options with { Granularity = Granularity.All });
        if (limits.MinChannels > 1) yield return ("a lower --min-channels", options with { Allocation = limits with { MinChannels = 1 } });
        if (limits.RoundTo > 1) yield return ("a lower --round-to", options with { Allocation = limits with { RoundTo = 1 } });
        if (limits.MaxSparsity < 1) yield return ("a higher --max-sparsity", options with { Allocation = limits with { MaxSparsity = 1 } });
        if (options.Include.Count + options.Exclude.Count > 0)
            yield return ("no --include and --exclude", options with { Include = [], Exclude = [] });
    }
}
