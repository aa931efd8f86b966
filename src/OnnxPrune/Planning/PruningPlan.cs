using OnnxPrune.Planning;
namespace OnnxPrune;

/// <summary>
/// What to remove from a model: a file that people keep, compare and apply again. Serialised as JSON with camelCase keys in the order
/// of these members; docs/plan.schema.json describes it.
/// </summary>
/// <param name="Schema">The version of the format, <see cref="CurrentSchema"/>.</param>
/// <param name="Tool">The program that made it and its version.</param>
/// <param name="Model">The model that it was made for.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Totals">What that comes to.</param>
/// <param name="Groups">Every group of coupled channels, those that lose nothing included.</param>
/// <param name="Notes">What was done beyond what was asked for, in sentences.</param>
public sealed record PruningPlan(
    int Schema,
    string Tool,
    PlannedModel Model,
    PlanOptions Options,
    PlanTotals Totals,
    IReadOnlyList<PlannedGroup> Groups,
    IReadOnlyList<string>? Notes = null)
{
    /// <summary>The version of the format that this program writes.</summary>
    public const int CurrentSchema = 1;
}
