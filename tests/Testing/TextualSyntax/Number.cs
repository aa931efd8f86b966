using System.Globalization;
using System.Numerics;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>The numbers of ONNX text, among them <c>inf</c>, <c>infinity</c> and <c>nan</c> in any case.</summary>
internal static class Number
{
    public static bool IsSpecial(string word) =>
        word.Equals("inf", StringComparison.OrdinalIgnoreCase)
        || word.Equals("infinity", StringComparison.OrdinalIgnoreCase)
        || word.Equals("nan", StringComparison.OrdinalIgnoreCase);

    public static T Floating<T>(string text)
        where T : IFloatingPointIeee754<T>
    {
        string word = text.TrimStart('-');
        if (!IsSpecial(word))
            return T.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        T value = word.Equals("nan", StringComparison.OrdinalIgnoreCase) ? T.NaN : T.PositiveInfinity;
        return text[0] == '-' ? -value : value;
    }
}
