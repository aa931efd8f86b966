using System.Globalization;
using System.Numerics;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Reads tokens one after another.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _next;

    public Token Next => tokens[_next];

    /// <summary>Whether the next token is a name: an identifier or a quoted string.</summary>
    public bool NextIsName => Next.Kind is TokenKind.Identifier or TokenKind.Text;

    /// <summary>Whether the next token is a number, possibly <c>inf</c> or <c>nan</c>.</summary>
    public bool NextIsNumber => Next.Kind is TokenKind.Integer or TokenKind.Decimal
        || (Next.Kind == TokenKind.Identifier && Number.IsSpecial(Next.Text));

    public Token Read() => Next.Kind == TokenKind.End ? Next : tokens[_next++];

    public bool Accept(string symbol)
    {
        bool matches = Next.Is(symbol);
        if (matches)
            Read();
        return matches;
    }

    public void Expect(string symbol)
    {
        if (!Accept(symbol))
            throw Expected($"'{symbol}'");
    }

    public void ExpectEnd()
    {
        if (Next.Kind != TokenKind.End)
            throw Expected("the end of the text");
    }

    public string Identifier(string what) => Next.Kind == TokenKind.Identifier ? Read().Text : throw Expected(what);

    public string Name(string what) => NextIsName ? Read().Text : throw Expected(what);

    public string Text() => Next.Kind == TokenKind.Text ? Read().Text : throw Expected("a quoted string");

    public T Integer<T>()
        where T : IBinaryInteger<T>
    {
        if (Next.Kind != TokenKind.Integer)
            throw Expected("an integer");
        return T.TryParse(Next.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T? value)
            ? Accepted(value)
            : throw Problem($"{Next} does not fit the type {typeof(T).Name}");
    }

    public T Floating<T>()
        where T : IFloatingPointIeee754<T> =>
        NextIsNumber ? Number.Floating<T>(Read().Text) : throw Expected("a number");

    /// <summary>Items separated by commas between two symbols; there may be none.</summary>
    public void List(string open, Action item, string close)
    {
        Expect(open);
        if (Accept(close))
            return;
        do
            item();
        while (Accept(","));
        Expect(close);
    }

    public OnnxTextException Expected(string what) => Problem($"expected {what}, found {Next}");

    public OnnxTextException Problem(string problem) => Problem(Next, problem);

    public static OnnxTextException Problem(Token token, string problem) => new(token.Line, token.Column, problem);

    private T Accepted<T>(T value)
    {
        Read();
        return value;
    }
}
