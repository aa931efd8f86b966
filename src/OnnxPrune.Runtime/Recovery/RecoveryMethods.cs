using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// How accuracy is recovered after the cut, without training. Methods combine: weights are fitted first, then means, then variances.
/// </summary>
[Flags]
public enum RecoveryMethods
{
    /// <summary>Not at all: weights stay what they were.</summary>
    None = 0,

    /// <summary>Layers that lost inputs get the mean of what these contributed as a bias (FLAP, An et al. 2024).</summary>
    Bias = 1,

    /// <summary>
    /// Mean and variance of every channel behind a cut are brought back to the original's: in the statistics of its BatchNormalization, or where
    /// there is none by scaling the weights. Ratios to the original count, not the statistics of the calibration data themselves.
    /// </summary>
    Bn = 2,

    /// <summary>Layers that lost inputs are fitted to the original's outputs by least squares.</summary>
    Ls = 4,

    /// <summary>Every layer after a cut is fitted, so that each compensates for the errors of earlier layers (OBSPA, Wang et al. 2024).</summary>
    Obs = 8,
}

/// <summary>Names of recovery methods.</summary>
internal static class RecoveryMethodNames
{
    /// <summary>Parses <c>none</c> or a list as <c>bias,bn</c>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: something else.</exception>
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

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public static string Format(RecoveryMethods methods) => methods == RecoveryMethods.None
        ? "none"
        : string.Join(',', Enum.GetValues<RecoveryMethods>().Where(m => m != RecoveryMethods.None && methods.HasFlag(m)).Select(Name));

    private static string Name(RecoveryMethods method) => method.ToString().ToLowerInvariant();
}
