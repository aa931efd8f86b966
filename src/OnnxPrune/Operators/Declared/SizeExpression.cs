using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// An integer expression over sizes: numbers, names, elements of lists such as <c>pads[0]</c>, <c>+ - * /</c> (rounded down) and parentheses.
/// </summary>
internal sealed partial class SizeExpression
{
    private readonly string text;
    private readonly string[] tokens;

    private SizeExpression(string text)
    {
        this.text = text;
        tokens = [.. Token().Matches(text).Select(m => m.Value)];
        if (string.Concat(tokens) != text.Replace(" ", "", StringComparison.Ordinal)) throw new FormatException($"'{text}' is not an expression");
        int at = 0;
        Sum(ref at, _ => Size.One);
        if (at != tokens.Length) throw new FormatException($"'{text}' is not an expression: '{tokens[at]}' is not expected");
    }

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FormatException">The text is not an expression.</exception>
    public static SizeExpression Parse(string text) => new(text);

    /// <summary>The value, where <paramref name="named"/> gives the size of a name or of a list's element.</summary>
    public Size Evaluate(Func<string, Size> named)
    {
        int at = 0;
        return Sum(ref at, named);
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    private Size Sum(ref int at, Func<string, Size> named)
    {
        var value = Product(ref at, named);
        while (at < tokens.Length && tokens[at] is "+" or "-")
        {
            bool adds = tokens[at++] == "+";
            var next = Product(ref at, named);
            value = adds ? value + next : value - next;
        }
        return value;
    }

    private Size Product(ref int at, Func<string, Size> named)
    {
        var value = Atom(ref at, named);
        while (at < tokens.Length && tokens[at] is "*" or "/")
        {
            bool multiplies = tokens[at++] == "*";
            var next = Atom(ref at, named);
            value = multiplies ? value * next : value / next;
        }
        return value;
    }

    private Size Atom(ref int at, Func<string, Size> named)
    {
        if (at >= tokens.Length) throw new FormatException($"'{text}' ends too soon");
        string token = tokens[at++];
        if (token == "(")
        {
            var inner = Sum(ref at, named);
            if (at >= tokens.Length || tokens[at++] != ")") throw new FormatException($"'{text}' lacks a closing parenthesis");
            return inner;
        }
        if (char.IsDigit(token[0])) return Size.Of(long.Parse(token, CultureInfo.InvariantCulture));
        return char.IsLetter(token[0]) || token[0] == '_' ? named(token) : throw new FormatException($"'{text}': '{token}' is not expected");
    }

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_]*(\[\d+\])?|\d+|[-+*/()]")]
    private static partial Regex Token();
}
