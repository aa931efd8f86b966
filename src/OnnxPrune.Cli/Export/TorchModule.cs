using OnnxPrune.Cli.Reports;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Cli.Export;

/// <summary>Derives PyTorch modules from the node names that PyTorch's exporter writes.</summary>
internal static class TorchModule
{
    // PyTorch's modules for these have a weight and a bias, like their ONNX operators.
    private static readonly string[] Normalizations = ["LayerNormalization", "InstanceNormalization", "GroupNormalization"];

    /// <summary>
    /// The path of the module, such as <c>layer1.0.conv1</c> for a node <c>/layer1/layer1.0/conv1/Conv</c>; null if the name is not a path.
    /// A part that extends the previous part, as in containers, replaces it.
    /// </summary>
    public static string? PathOf(Node node)
    {
        var path = new List<string>();
        foreach (string part in ModuleTree.PartsOf(node))
        {
            if (path.Count > 0 && part.StartsWith(path[^1] + ".", StringComparison.Ordinal)) path[^1] = part;
            else path.Add(part);
        }
        return path.Count > 0 ? string.Join('.', path) : null;
    }

    /// <summary>The module's name for the parameter that a node reads in this slot; null if it is ambiguous.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operator">Its operator; null if it is unknown.</param>
    /// <param name="slot">The slot.</param>
    public static string? RoleOf(Node node, Operator? @operator, int slot)
    {
        if (@operator?.NormalizationOf(node) is { } normalization && slot > 0)
        {
            if (slot == normalization.Mean) return "running_mean";
            if (slot == normalization.Variance) return "running_var";
            return slot == normalization.Scale ? "weight" : "bias";
        }
        if (@operator?.LinearOf(node) is { } view)
        {
            // A matrix product without a bias has no other parameter than its weight.
            if (slot == view.Weights || view is { Window: null, Bias: null }) return "weight";
            return slot == view.Bias ? "bias" : null;
        }
        return (@operator?.FunctionOf(node), node.OpType, slot) switch
        {
            (ElementFunction.Sum, _, _) => "bias",
            (ElementFunction.Product, _, _) => "weight",
            (_, "Gather", 0) or (_, "PRelu", 1) => "weight",
            (_, _, 1) when Normalizations.Contains(node.OpType) => "weight",
            (_, _, 2) when Normalizations.Contains(node.OpType) => "bias",
            _ => null,
        };
    }
}
