using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>The role of an axis in an operator that works on several blocks of channels in parallel.</summary>
public enum AxisRole
{
    /// <summary>Channels inside each of several groups, which are convolved or normalised separately.</summary>
    InGroup,

    /// <summary>Products of computed matrices, one per index: the heads of attention, if the channels were split into heads.</summary>
    Head,

    /// <summary>Features that a product of computed matrices sums over or computes.</summary>
    HeadFeature,
}
