namespace OnnxPrune.Planning;

/// <summary>Checks what the JSON schema of plans says and types do not.</summary>
internal static class PlanCheck
{
    /// <summary>What is wrong with a plan, or null.</summary>
    public static string? Fault(PruningPlan plan)
    {
        if (!double.IsFinite(plan.Options.MaxSparsity)) return "maxSparsity is no finite number";
        if (plan.Options.Include.Concat(plan.Options.Exclude).Concat(plan.Notes ?? []).Any(text => text is null)) return "a list of texts has a null";
        if (plan.Groups.Any(g => g is null)) return "a group is null";
        if (plan.Groups.GroupBy(g => g.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            return $"the group {twice.Key} occurs twice";
        return plan.Groups.Select(FaultOf).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOf(PlannedGroup group)
    {
        if (group.Size < 1 || group.KeptCount < 0 || group.KeptCount > group.Size)
            return $"the group {group.Id} keeps {group.KeptCount} of {group.Size}";
        if (group.Importance is { IsFinite: false }) return $"the importance of the group {group.Id} is no finite number";
        return group.Slices.Any(s => s is null) ? $"a slice of the group {group.Id} is null" : null;
    }
}
