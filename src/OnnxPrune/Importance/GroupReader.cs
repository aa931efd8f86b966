using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>A linear layer that reads a group.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channels">The channel of the group at each input channel of the layer, over all convolution groups in order, or -1.</param>
public sealed record GroupReader(LayerInputs Layer, IReadOnlyList<int> Channels)
{
    /// <summary>The features of each channel, by convolution group; empty for a channel that the layer does not read.</summary>
    /// <param name="size">The number of channels of the group.</param>
    public IReadOnlyList<IReadOnlyList<FeatureBlock>> Blocks(int size)
    {
        var blocks = Enumerable.Range(0, size).Select(_ => new List<FeatureBlock>()).ToArray();
        int inputs = Channels.Count / Layer.Weights.Count;
        for (int g = 0; g < Layer.Weights.Count; g++)
        {
            var own = Enumerable.Range(0, inputs).Where(i => Channels[(g * inputs) + i] >= 0).ToLookup(i => Channels[(g * inputs) + i]);
            foreach (var channel in own)
                blocks[channel.Key].Add(new FeatureBlock(g, [.. channel.SelectMany(i => Enumerable.Range(i * Layer.Taps, Layer.Taps))]));
        }
        return blocks;
    }
}

/// <summary>Features of one convolution group.</summary>
/// <param name="Group">The convolution group.</param>
/// <param name="Features">The features in ascending order.</param>
public sealed record FeatureBlock(int Group, int[] Features);
