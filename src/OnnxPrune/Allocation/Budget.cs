using System.Globalization;
using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;

namespace OnnxPrune;

/// <summary>The quantity that a budget limits.</summary>
public enum BudgetKind
{
    /// <summary>Multiply-accumulate operations.</summary>
    Macs,

    /// <summary>Elements of the float weights.</summary>
    Params,

    /// <summary>Bytes of the float weights.</summary>
    Bytes,

    /// <summary>Channels of the pruned groups. Where heads and the features inside them are both pruned, the features count as far as their heads remain:
    /// half of the heads hold half of them.</summary>
    Channels,

    /// <summary>Measured latency (<see cref="Groups.LatencyCost"/>).</summary>
    Latency,
}

/// <summary>The limit for the pruned model: at most <paramref name="Fraction"/> of the original.</summary>
/// <param name="Kind">The quantity.</param>
/// <param name="Fraction">The share that may remain, above 0 and at most 1.</param>
public sealed record Budget(BudgetKind Kind, double Fraction)
{
    /// <summary>The budget that a text such as <c>macs=50%</c> describes; see <see cref="Parse"/>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the text is not a budget.</exception>
    public static implicit operator Budget(string text) => Parse(text);

    /// <summary>Parses <c>macs=50%</c> or <c>params=0.5</c>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the text is not a budget.</exception>
    public static Budget Parse(string text)
    {
        string[] sides = text.Split('=', 2);
        if (sides.Length == 2 && Named(sides[0]) is { } kind && Share(sides[1]) is { } fraction) return new Budget(kind, fraction);
        throw new OnnxPruneException(
            ErrorCodes.InvalidOption,
            $"'{text}' is not a budget; write KIND=SHARE with KIND macs, params, bytes, channels or latency, such as macs=50%");
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{KindName}={Fraction * 100:0.####}%");

    private string KindName => Kind.ToString().ToLowerInvariant();

    // By name only: Enum.TryParse would also read numbers and lists.
    private static BudgetKind? Named(string text) =>
        Enum.GetNames<BudgetKind>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<BudgetKind>(text, ignoreCase: true) : null;

    private static double? Share(string text)
    {
        bool percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return null;
        double share = percent ? number / 100 : number;
        return share is > 0 and <= 1 ? share : null;
    }
}
