using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>What a runtime was measured to take for nodes that it computes together.</summary>
/// <param name="Nodes">The nodes; the first is the one that the runtime names.</param>
/// <param name="Fixed">Milliseconds that stay, however few channels are left.</param>
/// <param name="Proportional">Milliseconds that shrink with the work of the nodes (<see cref="LatencyCost.Share"/>).</param>
internal sealed record NodeLatency(IReadOnlyList<Node> Nodes, double Fixed, double Proportional);
