using OnnxPrune.Planning;
namespace OnnxPrune;

/// <summary>
/// The channels to remove from a model, as a file that can be kept, compared and applied again. Serialised as JSON with camelCase keys in the order
/// of these members; docs/plan.schema.json describes it.
/// </summary>
/// <param name="Schema">The version of the format, <see cref="CurrentSchema"/>.</param>
/// <param name="Tool">The program that made the plan, and its version.</param>
/// <param name="Model">The model that the plan was made for.</param>
/// <param name="Options">The options that the plan was made with.</param>
/// <param name="Totals">The cost before and after pruning.</param>
/// <param name="Groups">Every group of coupled channels, including groups that keep all channels.</param>
/// <param name="Notes">Actions that the options did not request, in sentences.</param>
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
