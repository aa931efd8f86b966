using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Operators;

/// <summary>The activation that fused convolutions and products apply to their result.</summary>
internal static class FusedActivation
{
    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "activation", "activation_params", "activation_alpha", "activation_beta", "activation_gamma",
    };

    /// <summary>The view of a layer without the sum and the activation behind it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="view">The view of the layer alone.</param>
    /// <param name="alone">The operator of ai.onnx that computes the layer alone; some runtimes run a fused operator only with an activation.</param>
    /// <param name="sum">The slot of a summand, the last input; null if the operator has none.</param>
    public static LinearView Before(Node node, LinearView view, string alone, int? sum = null)
    {
        bool adds = sum is { } slot && node.Inputs.Length > slot && node.Inputs[slot] is not null;
        string activation = node.Text("activation", "");
        if (!adds && activation.Length == 0) return view;
        var part = node.Proto.Clone();
        (part.OpType, part.Domain) = (alone, "");
        foreach (var attribute in part.Attribute.Where(a => Attributes.Contains(a.Name)).ToList()) part.Attribute.Remove(attribute);
        while (adds && part.Input.Count > sum) part.Input.RemoveAt(part.Input.Count - 1);
        return view with { LinearPart = part, Summand = adds ? sum : null, IsRectified = activation == "Relu" };
    }

    /// <summary>The signs of what the activation of a node computes.</summary>
    public static Signs SignsOf(Node node) => node.Text("activation", "") switch
    {
        "Relu" or "Sigmoid" or "HardSigmoid" or "Softplus" => Signs.NotNegative,
        "Clip" when node.Attribute("activation_params")?.Floats is [>= 0, >= 0] => Signs.NotNegative,
        _ => Signs.Any,
    };

    /// <summary>True when the activation of a node is zero at zero.</summary>
    public static bool KeepsZero(Node node) => node.Text("activation", "") switch
    {
        "" or "Relu" or "LeakyRelu" or "Tanh" or "Elu" or "ThresholdedRelu" or "HardSwish" or "Gelu" => true,
        "Clip" => node.Attribute("activation_params")?.Floats is [<= 0, >= 0],
        _ => false,
    };
}
