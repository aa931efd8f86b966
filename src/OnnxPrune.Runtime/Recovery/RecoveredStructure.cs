using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>What recovery must not change: the nodes, the shapes of their tensors, and what they cost. It may add biases.</summary>
public static class RecoveredStructure
{
    /// <summary>How a recovered model differs in structure from the pruned model that it was made of; null where it does not.</summary>
    public static string? Difference(OnnxModel pruned, OnnxModel recovered)
    {
        var (before, after) = (pruned.Proto.Graph, recovered.Proto.Graph);
        if (!before.Node.Select(n => (n.Domain, n.OpType)).SequenceEqual(after.Node.Select(n => (n.Domain, n.OpType)))) return "it has other nodes";
        var shapes = after.Initializer.ToDictionary(t => t.Name, t => (t.DataType, Shape: string.Join(',', t.Dims)), StringComparer.Ordinal);
        foreach (var tensor in before.Initializer)
        {
            if (shapes.TryGetValue(tensor.Name, out var own) && own != (tensor.DataType, string.Join(',', tensor.Dims)))
                return $"{tensor.Name} has shape [{own.Shape}] in place of [{string.Join(',', tensor.Dims)}]";
        }
        double macs = ModelAnalysis.Run(pruned).Cost.Total(_ => null).Macs;
        return ModelAnalysis.Run(recovered).Cost.Total(_ => null).Macs == macs ? null : "it has other MACs";
    }
}
