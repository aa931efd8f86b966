using Google.Protobuf.Collections;
using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Headers: keys and values in angle brackets before a graph or function.</summary>
internal static class HeaderText
{
    /// <summary>Reads the header, if there is one; <paramref name="readValue"/> reads one key's value or says that the key is unknown.</summary>
    public static void Parse(TokenReader reader, Func<string, bool> readValue)
    {
        if (reader.Next.Is("<"))
            reader.List("<", () => Entry(reader, readValue), ">");
    }

    /// <summary>The list <c>["domain" : version, ...]</c>.</summary>
    public static void ParseOperatorSets(TokenReader reader, RepeatedField<OperatorSetIdProto> operatorSets) =>
        reader.List("[", () => operatorSets.Add(OperatorSet(reader)), "]");

    /// <summary>The list <c>["key" : "value", ...]</c>.</summary>
    public static void ParsePairs(TokenReader reader, RepeatedField<StringStringEntryProto> pairs) =>
        reader.List("[", () => pairs.Add(Pair(reader)), "]");

    private static void Entry(TokenReader reader, Func<string, bool> readValue)
    {
        Token key = reader.Next;
        reader.Identifier("a key");
        reader.Expect(":");
        if (!readValue(key.Text))
            throw TokenReader.Problem(key, $"{key} is not a key of this header");
    }

    private static OperatorSetIdProto OperatorSet(TokenReader reader)
    {
        string domain = reader.Text();
        reader.Expect(":");
        return new() { Domain = domain, Version = reader.Integer<long>() };
    }

    private static StringStringEntryProto Pair(TokenReader reader)
    {
        string key = reader.Text();
        reader.Expect(":");
        return new() { Key = key, Value = reader.Text() };
    }
}
