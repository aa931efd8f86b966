using OnnxPrune.Cli.Reports;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Export;

/// <summary>Derives PyTorch modules from the node names that PyTorch's exporter writes.</summary>
internal static class TorchModule
{
    private static readonly string[] Layers =
        ["Conv", "ConvTranspose", "Gemm", "BatchNormalization", "LayerNormalization", "InstanceNormalization", "GroupNormalization"];

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

    /// <summary>The module's name for the parameter that an operator reads in this slot; null if it is ambiguous.</summary>
    public static string? RoleOf(string op, int slot) => (op, slot) switch
    {
        ("BatchNormalization", 3) => "running_mean",
        ("BatchNormalization", 4) => "running_var",
        ("MatMul" or "Mul", _) or ("Gather", 0) or ("PRelu", 1) => "weight",
        ("Add", _) => "bias",
        (_, 1) when Layers.Contains(op) => "weight",
        (_, 2) when Layers.Contains(op) => "bias",
        _ => null,
    };
}
