using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;

namespace OnnxPrune;

/// <summary>
/// The channels that a model keeps: one mask per group, for the groups of one analysis. Selection creates a cut. Rewriting, verification and
/// recovery apply it. A saved cut is a plan.
/// </summary>
public sealed class Cut
{
    private readonly Dictionary<Term, bool[]> kept;

    private Cut(ModelAnalysis analysis, Dictionary<Term, bool[]> kept)
    {
        Analysis = analysis;
        this.kept = kept;
        Groups = [.. analysis.Groups.Where(g => kept.ContainsKey(g.Variable))];
    }

    /// <summary>The model that is cut.</summary>
    public ModelAnalysis Analysis { get; }

    /// <summary>The groups that lose channels, in the order of the analysis.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    /// <summary>True if the cut removes no channels.</summary>
    public bool IsEmpty => kept.Count == 0;

    /// <summary>The cut that removes nothing.</summary>
    public static Cut Nothing(ModelAnalysis analysis) => new(analysis, []);

    /// <summary>The cut in which every group keeps the channels whose mask element is true.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="masks">One mask per group that loses channels. A mask has one element per channel and keeps at least one channel.</param>
    /// <exception cref="OnnxPruneException">OP4014: a group belongs to another analysis, or a mask does not fit its group.</exception>
    public static Cut Of(ModelAnalysis analysis, IEnumerable<KeyValuePair<ChannelGroup, bool[]>> masks)
    {
        var kept = new Dictionary<Term, bool[]>();
        foreach (var (group, mask) in masks)
        {
            if (!analysis.Owns(group)) throw Foreign(analysis, $"group {group.Id} belongs to another model");
            Add(analysis, kept, group, mask);
        }
        return new Cut(analysis, kept);
    }

    /// <summary>The cut in which every variable keeps the indices of its mask.</summary>
    /// <exception cref="OnnxPruneException">OP4014: a variable has no group in this analysis, or a mask does not fit.</exception>
    internal static Cut Of(ModelAnalysis analysis, IEnumerable<KeyValuePair<Term, bool[]>> masks)
    {
        var own = analysis.Groups.ToDictionary(g => g.Variable);
        var kept = new Dictionary<Term, bool[]>();
        foreach (var (variable, mask) in masks)
        {
            if (!own.TryGetValue(variable, out var group)) throw Foreign(analysis, $"the model has no group for variable {variable.Id}");
            Add(analysis, kept, group, mask);
        }
        return new Cut(analysis, kept);
    }

    /// <summary>The mask of a group, true for a kept channel; null if the group keeps all channels. Do not change the array.</summary>
    /// <exception cref="OnnxPruneException">OP4014: the group belongs to another analysis.</exception>
    public bool[]? MaskOf(ChannelGroup group) => Analysis.Owns(group)
        ? kept.GetValueOrDefault(group.Variable)
        : throw Foreign(Analysis, $"group {group.Id} belongs to another model");

    /// <summary>The number of channels that a group keeps.</summary>
    public int KeptOf(ChannelGroup group) => MaskOf(group)?.Count(k => k) ?? group.Size;

    /// <summary>The same cut for another analysis of the same network: for other weights, or for another element type.</summary>
    /// <exception cref="OnnxPruneException">OP4014: the other model does not have a group of this cut, or the group has another size.</exception>
    public Cut Of(ModelAnalysis other)
    {
        if (ReferenceEquals(other, Analysis)) return this;
        var twins = other.Groups.ToDictionary(g => g.Id, StringComparer.Ordinal);
        var moved = new Dictionary<Term, bool[]>();
        foreach (var group in Groups)
        {
            if (!twins.TryGetValue(group.Id, out var twin)) throw Foreign(other, $"the model has no group {group.Id}");
            Add(other, moved, twin, kept[group.Variable]);
        }
        return new Cut(other, moved);
    }

    /// <summary>True if a variable loses indices.</summary>
    internal bool Cuts(Term variable) => kept.ContainsKey(variable);

    /// <summary>The number of kept indices of a variable; null for all.</summary>
    internal long? KeptOf(Term variable) => kept.TryGetValue(variable, out bool[]? mask) ? mask.Count(k => k) : null;

    /// <summary>The masks of layouts, at one valuation of the symbolic sizes.</summary>
    internal KeepMasks Masks(int valuation = 0) => new(Analysis.Layouts.Unifier.Substitution, kept, valuation);

    /// <summary>The sizes of layouts after the cut.</summary>
    internal KeptSizes Sizes() => new(Analysis.Layouts.Unifier.Substitution, KeptOf);

    private static void Add(ModelAnalysis analysis, Dictionary<Term, bool[]> kept, ChannelGroup group, bool[] mask)
    {
        if (mask.Length != group.Size) throw Foreign(analysis, $"the mask of group {group.Id} has {mask.Length} elements for {group.Size} channels");
        if (!mask.Contains(true)) throw Foreign(analysis, $"the mask of group {group.Id} removes all {group.Size} channels; one must stay");
        if (mask.Contains(false)) kept[group.Variable] = mask;
    }

    private static OnnxPruneException Foreign(ModelAnalysis analysis, string what) =>
        new(ErrorCodes.ForeignCut, $"the cut does not fit the model: {what}; make the cut from an analysis of this model", analysis.Source.Path);
}
