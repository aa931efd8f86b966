using Google.Protobuf;
using Google.Protobuf.Collections;
using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Attributes: <c>name = value</c>, <c>name : type = value</c> or, in functions, <c>name : type = @reference</c>.</summary>
internal static class AttributeText
{
    private static readonly Dictionary<string, AttributeType> TypeNames = new(StringComparer.Ordinal)
    {
        ["float"] = AttributeType.Float,
        ["int"] = AttributeType.Int,
        ["string"] = AttributeType.String,
        ["tensor"] = AttributeType.Tensor,
        ["graph"] = AttributeType.Graph,
        ["floats"] = AttributeType.Floats,
        ["ints"] = AttributeType.Ints,
        ["strings"] = AttributeType.Strings,
        ["tensors"] = AttributeType.Tensors,
        ["graphs"] = AttributeType.Graphs,
        ["type_proto"] = AttributeType.TypeProto,
        ["type_protos"] = AttributeType.TypeProtos,
    };

    /// <summary>The attributes in angle brackets, if there are any.</summary>
    public static void ParseAll(TokenReader reader, RepeatedField<AttributeProto> attributes)
    {
        if (reader.Next.Is("<"))
            reader.List("<", () => attributes.Add(Parse(reader, reader.Identifier("an attribute name"))), ">");
    }

    /// <summary>The attribute whose name was just read.</summary>
    public static AttributeProto Parse(TokenReader reader, string name)
    {
        AttributeType expected = reader.Accept(":") ? Type(reader) : AttributeType.Undefined;
        reader.Expect("=");
        Token start = reader.Next;
        AttributeProto attribute = Value(reader, expected);
        if (expected != AttributeType.Undefined && attribute.Type != expected)
            throw TokenReader.Problem(start, $"expected a value of type {expected}, found {attribute.Type}");
        attribute.Name = name;
        return attribute;
    }

    private static AttributeType Type(TokenReader reader) =>
        TypeNames.TryGetValue(reader.Next.Text, out AttributeType type) && reader.Read().Kind == TokenKind.Identifier
            ? type
            : throw reader.Expected("an attribute type");

    private static AttributeProto Value(TokenReader reader, AttributeType expected)
    {
        if (reader.Accept("@"))
            return new() { RefAttrName = reader.Identifier("an attribute name"), Type = expected };
        if (reader.Next.Is("["))
            return AttributeList.Parse(reader, expected);
        AttributeProto value = Single(reader);
        return expected == AttributeType.Float && value.Type == AttributeType.Int
            ? new() { Type = AttributeType.Float, F = value.I }
            : value;
    }

    /// <summary>A value that is not a list.</summary>
    public static AttributeProto Single(TokenReader reader)
    {
        if (reader.Next.Kind == TokenKind.Integer)
            return new() { Type = AttributeType.Int, I = reader.Integer<long>() };
        if (reader.NextIsNumber)
            return new() { Type = AttributeType.Float, F = reader.Floating<float>() };
        if (reader.Next.Kind == TokenKind.Text)
            return new() { Type = AttributeType.String, S = ByteString.CopyFromUtf8(reader.Text()) };
        if (TypeText.IsNext(reader))
            return TensorOrType(reader);
        return reader.NextIsName
            ? new() { Type = AttributeType.Graph, G = GraphText.Parse(reader) }
            : throw reader.Expected("an attribute value");
    }

    private static AttributeProto TensorOrType(TokenReader reader)
    {
        TypeProto type = TypeText.Parse(reader);
        return reader.NextIsName || reader.Next.Is("=") || reader.Next.Is("{")
            ? new() { Type = AttributeType.Tensor, T = TensorText.Constant(reader, type) }
            : new() { Type = AttributeType.TypeProto, Tp = type };
    }
}
