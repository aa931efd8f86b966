using OnnxPrune.Shapes;
using static OnnxPrune.Advanced.Notation;

namespace OnnxPrune.Layouts;

/// <summary>What the names of a notation stand for: sizes that are given, and sizes that follow from the axes, one unknown name at a time.</summary>
internal sealed class NotationSizes
{
    private readonly Dictionary<string, Size> sizes;

    public NotationSizes(IEnumerable<(string Name, Size Size)> given) =>
        sizes = given.ToDictionary(s => s.Name, s => s.Size, StringComparer.Ordinal);

    /// <summary>The size of a name, or null where it does not follow.</summary>
    public Size? Of(string name) => sizes.TryGetValue(name, out var size) ? size : null;

    /// <summary>Learns from axes that match patterns, until nothing more follows.</summary>
    public void Learn(IReadOnlyList<(AxisPattern Pattern, Size Size)> axes)
    {
        bool learned = true;
        while (learned)
        {
            learned = false;
            foreach (var (pattern, size) in axes)
            {
                if (OnlyUnknown(pattern) is not { } name) continue;
                sizes[name] = Solve(pattern, name, size);
                learned = true;
            }
        }
    }

    private string? OnlyUnknown(AxisPattern pattern)
    {
        string? only = null;
        foreach (var product in pattern.Sum)
        {
            foreach (string name in product)
            {
                if (sizes.ContainsKey(name)) continue;
                if (only is not null) return null;
                only = name;
            }
        }
        return only;
    }

    private Size Solve(AxisPattern pattern, string name, Size total)
    {
        if (pattern.Variable is not null) return total;
        var factor = Size.One;
        foreach (var product in pattern.Sum)
        {
            var known = Size.Product(product.Where(n => n != name).Select(n => sizes[n]));
            if (product.Contains(name)) factor = known;
            else total -= known;
        }
        return total / factor;
    }
}
