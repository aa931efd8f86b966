using Google.Protobuf;
using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Tensors with their values: <c>{1, 2}</c>, an external file <c>["location": "file"]</c>, or a distribution to fill from.</summary>
internal static class TensorText
{
    /// <summary>The initializer of a declared value, after the sign <c>=</c>.</summary>
    public static TensorProto Initializer(TokenReader reader, ValueInfoProto declaration)
    {
        TensorProto tensor = WithoutData(reader, declaration.Type);
        tensor.Name = declaration.Name;
        if (reader.Next is { Kind: TokenKind.Identifier, Text: "normal" or "uniform" })
            Fill(reader, tensor);
        else
            ReadData(reader, tensor);
        return tensor;
    }

    /// <summary>An attribute's tensor after its type: an optional name and the values.</summary>
    public static TensorProto Constant(TokenReader reader, TypeProto type)
    {
        TensorProto tensor = WithoutData(reader, type);
        if (reader.NextIsName)
            tensor.Name = reader.Name("a tensor name");
        reader.Accept("=");
        ReadData(reader, tensor);
        return tensor;
    }

    private static TensorProto WithoutData(TokenReader reader, TypeProto? type)
    {
        if (type?.TensorType?.Shape is not { } shape)
            throw reader.Problem("values need a tensor type with a shape");
        if (shape.Dim.Any(dimension => !dimension.HasDimValue))
            throw reader.Problem("values need a type with numeric dimensions");
        TensorProto tensor = new() { DataType = type.TensorType.ElemType };
        tensor.Dims.Add(shape.Dim.Select(dimension => dimension.DimValue));
        return tensor;
    }

    private static void Fill(TokenReader reader, TensorProto tensor)
    {
        var type = (ElementType)tensor.DataType;
        if (!Tensors.IsReadable(tensor) || type == ElementType.Bool)
            throw reader.Problem($"initializers of type {type} are not filled");
        string distribution = reader.Read().Text;
        string first = Parameter(reader);
        string second = distribution == "normal" && !reader.NextIsNumber ? "0" : Parameter(reader);
        tensor.DocString = $"{distribution} {first} {second}";
        tensor.DataType = (int)ElementType.Float;
        SeededFill.Fill(tensor);
        if (type != ElementType.Float)
            Convert(tensor, type);
    }

    /// <summary>Rounds filled values to another type; integers beyond its range to its ends.</summary>
    private static void Convert(TensorProto tensor, ElementType type)
    {
        double[] values = Tensors.Doubles(tensor);
        if (IntegerRange(type) is var (low, high))
            values = Array.ConvertAll(values, v => Math.Clamp(Math.Round(v), low, high));
        tensor.RawData = Tensors.Make(tensor.Name, type, tensor.Dims, values).RawData;
        tensor.DataType = (int)type;
    }

    private static (double Low, double High)? IntegerRange(ElementType type) => type switch
    {
        ElementType.Int4 => (-8, 7),
        ElementType.Uint4 => (0, 15),
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.Uint8 => (byte.MinValue, byte.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.Uint16 => (ushort.MinValue, ushort.MaxValue),
        ElementType.Int32 => (int.MinValue, int.MaxValue),
        ElementType.Int64 => (-1e15, 1e15),
        _ => null,
    };

    private static string Parameter(TokenReader reader)
    {
        Token token = reader.Next;
        return double.IsFinite(reader.Floating<double>()) ? token.Text : throw TokenReader.Problem(token, "expected a finite number");
    }

    private static void ReadData(TokenReader reader, TensorProto tensor)
    {
        if (reader.Next.Is("["))
            ReadExternal(reader, tensor);
        else
            ReadValues(reader, tensor);
    }

    private static void ReadExternal(TokenReader reader, TensorProto tensor)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        HeaderText.ParsePairs(reader, tensor.ExternalData);
    }

    /// <summary>Two elements of four bits share an entry, the first one in its low bits.</summary>
    private static void AddHalfByte(IList<int> entries, int bits, long position)
    {
        if (position % 2 == 0)
            entries.Add(bits);
        else
            entries[^1] |= bits << 4;
    }

    private static void ReadValues(TokenReader reader, TensorProto tensor)
    {
        Token start = reader.Next;
        long count = 0;
        reader.List("{", Add, "}");
        int perElement = (ElementType)tensor.DataType is ElementType.Complex64 or ElementType.Complex128 ? 2 : 1;
        long expected = tensor.Dims.Aggregate((long)perElement, (product, dimension) => product * dimension);
        if (count != expected)
            throw TokenReader.Problem(start, $"expected {expected} values, found {count}");

        void Add()
        {
            AddValue(reader, tensor, count);
            count++;
        }
    }

    private static void AddValue(TokenReader reader, TensorProto tensor, long position)
    {
        switch ((ElementType)tensor.DataType)
        {
            case ElementType.Float or ElementType.Complex64:
                tensor.FloatData.Add(reader.Floating<float>());
                break;
            case ElementType.Double or ElementType.Complex128:
                tensor.DoubleData.Add(reader.Floating<double>());
                break;
            case ElementType.Int64:
                tensor.Int64Data.Add(reader.Integer<long>());
                break;
            case ElementType.Uint32:
                tensor.Uint64Data.Add(reader.Integer<uint>());
                break;
            case ElementType.Uint64:
                tensor.Uint64Data.Add(reader.Integer<ulong>());
                break;
            case ElementType.String:
                tensor.StringData.Add(ByteString.CopyFromUtf8(reader.Text()));
                break;
            case ElementType.Int4 or ElementType.Uint4:
                AddHalfByte(tensor.Int32Data, reader.Integer<sbyte>() & 0xF, position);
                break;
            default:
                tensor.Int32Data.Add(SmallElement.Parse(reader, (ElementType)tensor.DataType));
                break;
        }
    }
}
