using System.Globalization;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>Parses the values of options. Numbers use the invariant culture.</summary>
internal static class OptionValues
{
    /// <summary>A member of an enumeration, by its name in lower case.</summary>
    public static T OneOf<T>(string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (NameOf(value) == text) return value;
        throw Invalid($"'{text}' is not one of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}");
    }

    /// <summary>A whole number of at least 1.</summary>
    public static int Positive(string text) =>
        Whole(text, out int number) && number >= 1 ? number : throw Invalid($"'{text}' is not a whole number of at least 1");

    /// <summary>A whole number of at least 0.</summary>
    public static int NotNegative(string text) =>
        Whole(text, out int number) ? number : throw Invalid($"'{text}' is not a whole number of at least 0");

    /// <summary>A share between 0 and 1, written as 0.9 or 90%.</summary>
    public static double Share(string text)
    {
        bool percent = text.EndsWith('%');
        bool valid = double.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        double share = percent ? number / 100 : number;
        return valid && share <= 1 ? share : throw Invalid($"'{text}' is not a share from 0% to 100%");
    }

    /// <summary>Percentage points of at least 0, such as 1.5.</summary>
    public static double? Points(string text) =>
        Number(text) is { } points and <= 100 ? points : throw Invalid($"'{text}' is not a number of points from 0 to 100");

    /// <summary>A factor above 0, such as 1.3.</summary>
    public static double? Factor(string text) =>
        Number(text) is { } factor and > 0 ? factor : throw Invalid($"'{text}' is not a factor above 0, such as 1.3");

    /// <summary>Sizes by symbolic dimension, from texts such as <c>batch=8</c>.</summary>
    public static IReadOnlyDictionary<string, long> Dimensions(IReadOnlyList<string> texts)
    {
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            if (equals < 1 || !Whole(text[(equals + 1)..], out int size) || size < 1)
                throw Invalid($"'{text}' is not the size of a dimension; write NAME=N with N at least 1, such as batch=8");
            sizes[text[..equals]] = size;
        }
        return sizes;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static bool Whole(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The exception for an invalid option, OP2001.</summary>
    public static OnnxPruneException Invalid(string message) => new(ErrorCodes.InvalidOption, message);
}
