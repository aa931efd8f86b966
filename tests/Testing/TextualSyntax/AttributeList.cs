using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Lists of attribute values; the type of an empty list must be given, and one decimal makes all numbers floats.</summary>
internal static class AttributeList
{
    public static AttributeProto Parse(TokenReader reader, AttributeType expected)
    {
        Token start = reader.Next;
        List<AttributeProto> values = [];
        reader.List("[", () => values.Add(AttributeText.Single(reader)), "]");
        if (values.Count == 0 && expected == AttributeType.Undefined)
            throw TokenReader.Problem(start, "an empty list needs a type");
        AttributeProto attribute = new() { Type = values.Count == 0 ? expected : ListType(start, values, expected) };
        if (!IsList(attribute.Type))
            throw TokenReader.Problem(start, $"a list is no value of type {attribute.Type}");
        foreach (AttributeProto value in values)
            Add(attribute, value);
        return attribute;
    }

    private static bool IsList(AttributeType type) => type.ToString().EndsWith('s');

    private static AttributeType ListType(Token start, List<AttributeProto> values, AttributeType expected)
    {
        AttributeType[] types = values.Select(value => value.Type).Distinct().ToArray();
        return types switch
        {
            [AttributeType.Int] => expected == AttributeType.Floats ? AttributeType.Floats : AttributeType.Ints,
            [AttributeType.Float] or [AttributeType.Int, AttributeType.Float] or [AttributeType.Float, AttributeType.Int] => AttributeType.Floats,
            [AttributeType.String] => AttributeType.Strings,
            [AttributeType.Tensor] => AttributeType.Tensors,
            [AttributeType.Graph] => AttributeType.Graphs,
            [AttributeType.TypeProto] => AttributeType.TypeProtos,
            _ => throw TokenReader.Problem(start, "the list mixes types"),
        };
    }

    private static void Add(AttributeProto list, AttributeProto value)
    {
        switch (list.Type)
        {
            case AttributeType.Ints:
                list.Ints.Add(value.I);
                break;
            case AttributeType.Floats:
                list.Floats.Add(value.Type == AttributeType.Int ? value.I : value.F);
                break;
            case AttributeType.Strings:
                list.Strings.Add(value.S);
                break;
            case AttributeType.Tensors:
                list.Tensors.Add(value.T);
                break;
            case AttributeType.Graphs:
                list.Graphs.Add(value.G);
                break;
            default:
                list.TypeProtos.Add(value.Tp);
                break;
        }
    }
}
