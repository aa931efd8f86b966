namespace OnnxPrune.Model;

/// <summary>Removes items of a repeated field.</summary>
internal static class RepeatedItems
{
    /// <summary>Keeps the items for which <paramref name="keep"/> is true, in their order.</summary>
    public static void Keep<T>(ICollection<T> items, Func<T, bool> keep)
    {
        var kept = items.Where(keep).ToList();
        if (kept.Count == items.Count) return;
        items.Clear();
        foreach (var item in kept) items.Add(item);
    }
}
