using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// The methods that recover accuracy after the cut, without training. Methods combine: weights are fitted first, then means, then variances.
/// </summary>
[Flags]
public enum RecoveryMethods
{
    /// <summary>No recovery: weights do not change.</summary>
    None = 0,

    /// <summary>Layers that lost inputs get a bias: the mean contribution of the removed inputs (FLAP, An et al. 2024).</summary>
    Bias = 1,

    /// <summary>
    /// Restores the mean and variance of every channel after a cut to the values of the original: in the statistics of its BatchNormalization, or by
    /// scaling the weights without a BatchNormalization. The correction uses ratios to the original, not the statistics of the calibration data.
    /// </summary>
    Bn = 2,

    /// <summary>Layers that lost inputs are fitted to the outputs of the original by least squares.</summary>
    Ls = 4,

    /// <summary>Every layer after a cut is fitted and compensates for the errors of earlier layers (OBSPA, Wang et al. 2024).</summary>
    Obs = 8,
}

/// <summary>The names of the recovery methods.</summary>
internal static class RecoveryMethodNames
{
    /// <summary>Parses <c>none</c> or a list such as <c>bias,bn</c>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the text is not a list of methods.</exception>
    public static RecoveryMethods Parse(string text)
    {
        if (text == "none") return RecoveryMethods.None;
        var names = Enum.GetValues<RecoveryMethods>().Where(m => m != RecoveryMethods.None).ToDictionary(Name, m => m, StringComparer.Ordinal);
        var methods = RecoveryMethods.None;
        foreach (string name in text.Split(',').Select(n => n.Trim()))
        {
            if (!names.TryGetValue(name, out var method))
                throw new OnnxPruneException(
                    ErrorCodes.InvalidOption, $"'{name}' is not a recovery method; write auto, none, or a list of {string.Join(", ", names.Keys)}");
            methods |= method;
        }
        return methods;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public static string Format(RecoveryMethods methods) => methods == RecoveryMethods.None
        ? "none"
        : string.Join(',', Enum.GetValues<RecoveryMethods>().Where(m => m != RecoveryMethods.None && methods.HasFlag(m)).Select(Name));

    private static string Name(RecoveryMethods method) => method.ToString().ToLowerInvariant();
}
