namespace OnnxPrune.Testing.TextualSyntax;

internal enum TokenKind
{
    Identifier,
    Text,
    Integer,
    Decimal,
    Symbol,
    End,
}

/// <summary>One token of ONNX text; a <see cref="TokenKind.Text"/> holds its contents without quotes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.Text => $"\"{Text}\"",
        _ => $"'{Text}'",
    };
}
