using System.Text;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Splits ONNX text into tokens; <c>#</c> and <c>//</c> start comments that end with their line.</summary>
internal sealed class Lexer(string text)
{
    private const string Symbols = "()[]{}<>=,:.@?";

    private int _position;
    private int _line = 1;
    private int _lineStart;

    private char Current => CharacterAt(_position);

    /// <summary>All tokens, the last of kind <see cref="TokenKind.End"/>.</summary>
    public IReadOnlyList<Token> ReadAll()
    {
        List<Token> tokens = [];
        do
        {
            SkipBlanks();
            tokens.Add(Read());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private char CharacterAt(int position) => position < text.Length ? text[position] : '\0';

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            if (Current == '#' || (Current == '/' && CharacterAt(_position + 1) == '/'))
                SkipWhile(character => character != '\n');
            else if (char.IsWhiteSpace(Current))
                SkipBlank();
            else
                return;
        }
    }

    private void SkipBlank()
    {
        if (text[_position++] != '\n')
            return;
        _line++;
        _lineStart = _position;
    }

    private Token Read()
    {
        if (_position >= text.Length)
            return Make(TokenKind.End, _position);
        if (IsIdentifierStart(Current))
            return ReadIdentifier();
        if (char.IsAsciiDigit(Current) || Current == '-')
            return ReadNumber();
        return Current == '"' ? ReadText() : ReadSymbol();
    }

    private Token ReadIdentifier()
    {
        int start = _position;
        SkipWhile(character => IsIdentifierStart(character) || char.IsAsciiDigit(character));
        return Make(TokenKind.Identifier, start);
    }

    private Token ReadNumber()
    {
        int start = _position;
        if (Current == '-')
            _position++;
        if (char.IsAsciiLetter(Current))
            return ReadNegativeInfinity(start);
        int digits = _position;
        SkipWhile(char.IsAsciiDigit);
        if (_position == digits)
            throw Problem(start, "a number has no digits");
        bool isDecimal = SkipFraction() | SkipExponent();
        return Make(isDecimal ? TokenKind.Decimal : TokenKind.Integer, start);
    }

    private Token ReadNegativeInfinity(int start)
    {
        SkipWhile(char.IsAsciiLetter);
        return Number.IsSpecial(text[(start + 1).._position])
            ? Make(TokenKind.Decimal, start)
            : throw Problem(start, $"'{text[start.._position]}' is not a number");
    }

    private bool SkipFraction()
    {
        if (Current != '.')
            return false;
        _position++;
        SkipWhile(char.IsAsciiDigit);
        return true;
    }

    private bool SkipExponent()
    {
        if (Current is not ('e' or 'E'))
            return false;
        int start = _position++;
        if (Current is '+' or '-')
            _position++;
        int digits = _position;
        SkipWhile(char.IsAsciiDigit);
        return _position > digits ? true : throw Problem(start, "an exponent has no digits");
    }

    private Token ReadText()
    {
        int start = _position++;
        StringBuilder contents = new();
        while (Current != '"')
        {
            if (Current == '\\')
                _position++;
            if (_position >= text.Length || Current == '\n')
                throw Problem(start, "a string is not closed on its line");
            contents.Append(text[_position++]);
        }

        _position++;
        return Make(TokenKind.Text, start) with { Text = contents.ToString() };
    }

    private Token ReadSymbol()
    {
        int start = _position;
        if (!Symbols.Contains(Current, StringComparison.Ordinal))
            throw Problem(start, $"unexpected character '{Current}'");
        _position += Current == '=' && CharacterAt(start + 1) == '>' ? 2 : 1;
        return Make(TokenKind.Symbol, start);
    }

    private static bool IsIdentifierStart(char character) => char.IsAsciiLetter(character) || character == '_';

    private void SkipWhile(Func<char, bool> condition)
    {
        while (_position < text.Length && condition(Current))
            _position++;
    }

    private Token Make(TokenKind kind, int start) => new(kind, text[start.._position], _line, start - _lineStart + 1);

    private OnnxTextException Problem(int start, string problem) => new(_line, start - _lineStart + 1, problem);
}
