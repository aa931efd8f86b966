using OnnxPrune.Model;

namespace OnnxPrune.Operators;

/// <summary>The activation that fused convolutions and products apply to their result.</summary>
internal static class FusedActivation
{
    /// <summary>True when the activation of a node is zero at zero.</summary>
    public static bool KeepsZero(Node node) => node.Text("activation", "") switch
    {
        "" or "Relu" or "LeakyRelu" or "Tanh" or "Elu" or "ThresholdedRelu" or "HardSwish" or "Gelu" => true,
        "Clip" => node.Attribute("activation_params")?.Floats is [<= 0, >= 0],
        _ => false,
    };
}
