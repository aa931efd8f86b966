using OnnxPrune.Groups;

namespace OnnxPrune.Allocation;

/// <summary>What a kind of budget counts.</summary>
internal static class BudgetMeasure
{
    /// <summary>The measure of an unpruned model.</summary>
    public static double Of(this BudgetKind kind, ModelAnalysis analysis) =>
        kind == BudgetKind.Channels ? analysis.Groups.Sum(g => (double)g.Size) : kind.Of(analysis.Cost.Total(_ => null));

    /// <summary>The measure of a cost, which does not count channels.</summary>
    internal static double Of(this BudgetKind kind, Cost cost) => kind switch
    {
        BudgetKind.Macs => cost.Macs,
        BudgetKind.Params => cost.Parameters,
        BudgetKind.Bytes => cost.Bytes,
        _ => cost.Milliseconds,
    };
}
