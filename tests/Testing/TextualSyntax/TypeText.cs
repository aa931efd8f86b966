using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Types: <c>float</c> is a scalar, <c>float[]</c> has no known rank, <c>float[N, 3, ?]</c> has rank 3.</summary>
internal static class TypeText
{
    private static readonly Dictionary<string, ElementType> ElementNames =
        Enum.GetValues<ElementType>()
            .Where(type => type != ElementType.Undefined)
            .ToDictionary(type => type.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static bool IsNext(TokenReader reader) =>
        reader.Next.Kind == TokenKind.Identifier
        && (ElementNames.ContainsKey(reader.Next.Text) || reader.Next.Text is "seq" or "map" or "optional" or "sparse_tensor");

    public static TypeProto Parse(TokenReader reader)
    {
        Token first = reader.Next;
        return reader.Identifier("a type") switch
        {
            "seq" => new TypeProto { SequenceType = new() { ElemType = Enclosed(reader, Parse) } },
            "optional" => new TypeProto { OptionalType = new() { ElemType = Enclosed(reader, Parse) } },
            "sparse_tensor" => new TypeProto { SparseTensorType = Enclosed(reader, SparseTensor) },
            "map" => new TypeProto { MapType = Enclosed(reader, Map) },
            string name when ElementNames.TryGetValue(name, out var type) => new TypeProto { TensorType = Tensor(reader, type) },
            _ => throw TokenReader.Problem(first, $"{first} is not a type"),
        };
    }

    private static T Enclosed<T>(TokenReader reader, Func<TokenReader, T> parse)
    {
        reader.Expect("(");
        T parsed = parse(reader);
        reader.Expect(")");
        return parsed;
    }

    private static TypeProto.Types.Tensor Tensor(TokenReader reader, ElementType elementType)
    {
        TypeProto.Types.Tensor tensor = new() { ElemType = (int)elementType };
        if (!reader.Next.Is("["))
            tensor.Shape = new TensorShapeProto();
        else if (Shape(reader) is { Dim.Count: > 0 } shape)
            tensor.Shape = shape;
        return tensor;
    }

    private static TypeProto.Types.SparseTensor SparseTensor(TokenReader reader)
    {
        TypeProto.Types.Tensor tensor = Tensor(reader, ElementOf(reader));
        return new() { ElemType = tensor.ElemType, Shape = tensor.Shape };
    }

    private static TypeProto.Types.Map Map(TokenReader reader)
    {
        TypeProto.Types.Map map = new() { KeyType = (int)ElementOf(reader) };
        reader.Expect(",");
        map.ValueType = Parse(reader);
        return map;
    }

    private static ElementType ElementOf(TokenReader reader) =>
        ElementNames.TryGetValue(reader.Next.Text, out ElementType type) && reader.Read().Kind == TokenKind.Identifier
            ? type
            : throw reader.Expected("an element type");

    private static TensorShapeProto Shape(TokenReader reader)
    {
        TensorShapeProto shape = new();
        reader.List("[", () => shape.Dim.Add(Dimension(reader)), "]");
        return shape;
    }

    private static TensorShapeProto.Types.Dimension Dimension(TokenReader reader)
    {
        if (reader.Accept("?"))
            return new();
        return reader.NextIsName
            ? new() { DimParam = reader.Name("a dimension") }
            : new() { DimValue = reader.Integer<long>() };
    }
}
