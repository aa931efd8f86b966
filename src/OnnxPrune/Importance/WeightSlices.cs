using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Importance;

/// <summary>The weights of a model, slice by slice. Sums along an axis are kept, because several groups may lie on one axis.</summary>
internal sealed class WeightSlices
{
    private readonly ModelAnalysis analysis;
    private readonly ILookup<int, (Node Node, int Slot)> readers;
    private readonly Dictionary<(int Weight, int Axis, AxisSums.Term Term), double[]> sums = [];

    public WeightSlices(ModelAnalysis analysis)
    {
        this.analysis = analysis;
        readers = analysis.Graph.Nodes.SelectMany(n => n.Inputs.Select((value, slot) => (Value: value, Node: n, Slot: slot)))
            .Where(r => r.Value is not null).ToLookup(r => r.Value!.Id, r => (r.Node, r.Slot));
    }

    /// <summary>The operators that the model was analysed with.</summary>
    public OperatorSet Operators => analysis.Operators;

    /// <summary>The terms of the layouts.</summary>
    public TermArena Arena => analysis.Layouts.Unifier.Arena;

    /// <summary>The occurrences of a group that count: statistics that only rescale do not.</summary>
    public IReadOnlyList<WeightSlice> Of(ChannelGroup group) =>
        [.. group.Slices.Where(s => !analysis.Zeros.KeepsValues(s.Weight)).Select(s => new WeightSlice(this, group, s))];

    /// <summary>The nodes that read a weight, and in which slot.</summary>
    public IEnumerable<(Node Node, int Slot)> ReadersOf(Value weight) => readers[weight.Id];

    /// <summary>True for a value if a variable occurs in its layout.</summary>
    public Func<Value?, bool> Contains(Term variable) =>
        value =>
            value is not null
                && (analysis.Layouts.LayoutOf(value) ?? []).Any(term => analysis.Layouts.Unifier.Substitution.Leaves(term).Contains(variable));

    /// <summary>The layout of a slice's axis.</summary>
    public Term Layout(CoupledSlice slice) => analysis.Layouts.Resolved(slice.Weight, slice.Axis);

    /// <summary>The channel that each index of a slice's axis belongs to, or -1.</summary>
    public int[] ChannelsOf(ChannelGroup group, CoupledSlice slice) =>
        VariableIndices.Of(analysis.Layouts.Unifier.Substitution, Layout(slice), group.Variable);

    /// <summary>Product of the sizes behind a slice's axis.</summary>
    public static int Inner(CoupledSlice slice) => (int)slice.Weight.Initializer!.Dims.Skip(slice.Axis + 1).Aggregate(1L, (n, d) => n * d);

    /// <summary>The numbers that the elements of a weight stand for.</summary>
    public ReadOnlySpan<float> Numbers(Value weight) =>
        analysis.Layouts.Quantized[weight] is { } quantized ? quantized.Dequantize(weight.Initializer!) : Tensors.Floats(weight.Initializer!);

    /// <summary>One sum per index of a slice's axis.</summary>
    public double[] SumsAlong(CoupledSlice slice, AxisSums.Term term)
    {
        var key = (slice.Weight.Id, slice.Axis, term);
        if (sums.TryGetValue(key, out var known)) return known;
        return sums[key] = AxisSums.Compute(Numbers(slice.Weight), (int)slice.Weight.Initializer!.Dims[slice.Axis], Inner(slice), term);
    }
}
