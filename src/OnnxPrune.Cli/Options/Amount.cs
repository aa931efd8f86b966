using System.Globalization;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>An amount: an absolute number, or a share of the original's.</summary>
/// <param name="Text">The text that was parsed: <c>20M</c>, <c>600KiB</c> or <c>50%</c>.</param>
/// <param name="Number">The number; for a share, 1 is the whole.</param>
/// <param name="IsShare">True for a share.</param>
internal sealed record Amount(string Text, double Number, bool IsShare)
{
    private static readonly (string Suffix, double Factor)[] Decimal = [("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)];

    private static readonly (string Suffix, double Factor)[] Binary =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1)];

    /// <summary>A count, such as <c>20M</c>, or a share.</summary>
    public static Amount Count(string text) => Parse(text, Decimal, "20M or 50%; K, M, G and T are powers of 1000");

    /// <summary>A size in bytes, such as <c>600KiB</c>, or a share.</summary>
    public static Amount Bytes(string text) => Parse(text, Binary, "600KiB, 4MB or 50%");

    /// <summary>The absolute number, given that of the original.</summary>
    public double Of(long original) => IsShare ? Number * original : Number;

    private static Amount Parse(string text, (string Suffix, double Factor)[] units, string examples)
    {
        var (suffix, factor) = units.Append(("%", 0.01)).FirstOrDefault(u => text.EndsWith(u.Item1, StringComparison.Ordinal), ("", 1));
        string digits = text[..^suffix.Length].TrimEnd();
        bool valid = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        if (!valid)
            throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{text}' is not an amount; write a number or a share, such as {examples}");
        return new Amount(text, number * factor, suffix == "%");
    }
}
