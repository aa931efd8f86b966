using System.Globalization;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Planning;

/// <summary>Kept channels as text: <c>0-3,5,7-15</c>.</summary>
internal static class KeptRanges
{
    /// <summary>The ranges of a mask.</summary>
    public static string Format(IReadOnlyList<bool> mask)
    {
        var ranges = new List<string>();
        for (int start = 0; start < mask.Count; start++)
        {
            if (!mask[start]) continue;
            int end = start;
            while (end + 1 < mask.Count && mask[end + 1]) end++;
            ranges.Add(start == end ? Text(start) : $"{Text(start)}-{Text(end)}");
            start = end;
        }
        return string.Join(',', ranges);
    }

    /// <summary>The mask of <paramref name="size"/> channels that the ranges keep.</summary>
    /// <exception cref="OnnxPruneException">OP4003: not ranges within the size, or nothing is kept.</exception>
    public static bool[] Parse(string ranges, int size)
    {
        var mask = new bool[size];
        foreach (string range in ranges.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int first = 0, last = -1;
            bool valid = ends.Length is 1 or 2 && int.TryParse(ends[0], CultureInfo.InvariantCulture, out first)
                && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out last) && first >= 0 && first <= last && last < size;
            if (!valid) throw new OnnxPruneException(ErrorCodes.NotAPlan, $"'{range}' is not a range of a group of {size} channels");
            Array.Fill(mask, true, first, last - first + 1);
        }
        return mask.Contains(true) ? mask : throw new OnnxPruneException(ErrorCodes.NotAPlan, "a group keeps no channel; keep at least one");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
