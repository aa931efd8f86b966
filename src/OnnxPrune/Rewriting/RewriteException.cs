using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>A cut cannot be carried out at a node.</summary>
/// <param name="node">The node.</param>
/// <param name="why">What cannot be done there.</param>
internal sealed class RewriteException(Node node, string why) : Exception($"{node.Label}: {why}")
{
    /// <summary>The node.</summary>
    public Node Node => node;

    /// <summary>What cannot be done there.</summary>
    public string Why => why;
}
