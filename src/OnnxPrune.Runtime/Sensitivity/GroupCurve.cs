using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>How the output suffers when a group shrinks.</summary>
/// <param name="Group">The group.</param>
/// <param name="Order">Its channels, the least important first.</param>
/// <param name="Distortion">
/// Element k is the distortion when the first k channels of <paramref name="Order"/> are removed and the layers that read them make up for
/// it as well as they can: the relative squared error of the outputs. Element 0 is 0.
/// </param>
public sealed record GroupCurve(ChannelGroup Group, IReadOnlyList<int> Order, IReadOnlyList<double> Distortion);
