using OnnxPrune.Layouts;
namespace OnnxPrune.Advanced;

/// <summary>What the indices of an axis count for an operator that works on several blocks of channels side by side.</summary>
public enum AxisRole
{
    /// <summary>Channels within each of several groups, which are convolved or normalised on their own.</summary>
    InGroup,

    /// <summary>Products of computed matrices, side by side: the heads of attention, if channels were cut into them.</summary>
    Head,

    /// <summary>Features that such a product sums over or yields.</summary>
    HeadFeature,
}
