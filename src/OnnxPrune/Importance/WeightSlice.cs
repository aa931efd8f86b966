using OnnxPrune.Groups;
using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>
/// One occurrence of a group on the axis of a weight, which is seen as [outer, axis, inner], row-major. A channel of the group has one or
/// more indices of the axis: those of its head, or of its positions where it was flattened.
/// </summary>
internal sealed class WeightSlice
{
    private readonly WeightSlices slices;
    private readonly ChannelGroup group;
    private readonly CoupledSlice slice;

    public WeightSlice(WeightSlices slices, ChannelGroup group, CoupledSlice slice)
    {
        this.slices = slices;
        this.group = group;
        this.slice = slice;
    }

    /// <summary>Number of axes of the weight.</summary>
    public int Rank => slice.Weight.Initializer!.Dims.Count;

    /// <summary>True for the scale γ of a normalisation by fixed statistics.</summary>
    public bool IsBatchNormalizationScale =>
        slices.ReadersOf(slice.Weight).Any(r => slices.Operators.NormalizationOf(r.Node)?.Scale == r.Slot);

    /// <summary>
    /// True for a weight of at least two axes whose channels are found again in the output of a node that reads it: it produces them.
    /// </summary>
    public bool Produces => Rank > 1 && slices.ReadersOf(slice.Weight).SelectMany(r => r.Node.Outputs).Any(slices.Contains(group.Variable));

    /// <summary>Σ|w| or Σw² of each channel; <see cref="AxisSums"/> folded onto the group.</summary>
    public double[] Sums(AxisSums.Term term)
    {
        var sums = new double[group.Size];
        VariableSums.Add(slices.Arena, slices.Layout(slice), group.Variable, slices.SumsAlong(slice, term), sums);
        return sums;
    }

    /// <summary>The least and the largest weight of each channel.</summary>
    public (double[] Least, double[] Largest) Extremes()
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, group.Size).ToArray();
        var largest = Enumerable.Repeat(double.NegativeInfinity, group.Size).ToArray();
        var values = slices.Numbers(slice.Weight);
        var (channels, inner) = (slices.ChannelsOf(group, slice), WeightSlices.Inner(slice));
        for (int run = 0; run * inner < values.Length; run++)
        {
            int channel = channels[run % channels.Length];
            if (channel < 0) continue;
            foreach (float value in values.Slice(run * inner, inner))
            {
                least[channel] = Math.Min(least[channel], value);
                largest[channel] = Math.Max(largest[channel], value);
            }
        }
        return (least, largest);
    }

    /// <summary>The weights of each channel as a row, in the order of the tensor.</summary>
    public Matrix Vectors()
    {
        var values = slices.Numbers(slice.Weight);
        var (channels, inner) = (slices.ChannelsOf(group, slice), WeightSlices.Inner(slice));
        int indices = channels.Where(c => c >= 0).GroupBy(c => c).Select(c => c.Count()).DefaultIfEmpty(0).Max();
        var vectors = new Matrix(group.Size, channels.Length == 0 ? 0 : values.Length / channels.Length * indices);
        var filled = new int[group.Size];
        for (int run = 0; run * inner < values.Length; run++)
        {
            int channel = channels[run % channels.Length];
            if (channel < 0) continue;
            var row = vectors.Row(channel);
            foreach (float value in values.Slice(run * inner, inner)) row[filled[channel]++] = value;
        }
        return vectors;
    }
}
