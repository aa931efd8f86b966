using System.Globalization;
using static OnnxPrune.Advanced.Notation;

namespace OnnxPrune.Operators;

/// <summary>
/// Which axes of a node's operands mean the same in a coupling: a key per axis, the pattern's text, or the position among the axes that pass;
/// null for axes that are pinned.
/// </summary>
internal static class DeclaredAxes
{
    /// <summary>How many axes the open end of a pattern covers at this rank; null where the pattern does not match the rank.</summary>
    public static int? OpenOf(TensorPattern pattern, int rank)
    {
        int open = rank - pattern.Axes.Count + 1;
        return pattern.Axes.Any(a => IsOpen(a.Kind)) ? (open >= 0 ? open : null) : (open == 1 ? open : null);
    }

    /// <summary>The keys of an operand of this rank, or null where the pattern does not match the rank.</summary>
    /// <param name="pattern">The operand's pattern.</param>
    /// <param name="rank">The operand's rank.</param>
    /// <param name="passed">How many axes pass; null where this operand decides.</param>
    public static string?[]? KeysOf(TensorPattern pattern, int rank, int? passed)
    {
        if (OpenOf(pattern, rank) is not { } open) return null;
        return
        [
            .. pattern.Axes.SelectMany(axis => axis.Kind switch
            {
                AxisKind.Named => [axis.ToString()],
                AxisKind.Pinned => [null],
                AxisKind.PinnedMany => Enumerable.Repeat<string?>(null, open),
                _ => Enumerable.Range(Math.Max(0, (passed ?? open) - open), open).Select(PassedKey),
            }),
        ];
    }

    /// <summary>How many axes pass, told by an operand of this rank; null where its pattern passes none.</summary>
    public static int? PassedBy(TensorPattern pattern, int rank) =>
        pattern.Axes.Any(a => a.Kind == AxisKind.PassedMany) ? rank - pattern.Axes.Count + 1 : null;

    /// <summary>The key of an axis that passes.</summary>
    public static string? PassedKey(int position) => "..." + position.ToString(CultureInfo.InvariantCulture);
}
