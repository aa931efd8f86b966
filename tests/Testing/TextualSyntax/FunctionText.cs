using Google.Protobuf.Collections;
using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Functions: <c>&lt;domain: "local", opset_import: ["" : 21]&gt; name &lt;alpha&gt; (x, y) => (z) { ... }</c>.</summary>
internal static class FunctionText
{
    public static FunctionProto Parse(TokenReader reader)
    {
        FunctionProto function = new();
        HeaderText.Parse(reader, key => ReadHeader(reader, function, key));
        function.Name = reader.Name("a function name");
        if (reader.Next.Is("<"))
            reader.List("<", () => Attribute(reader, function), ">");
        reader.List("(", () => Value(reader, function, function.Input), ")");
        reader.Expect("=>");
        reader.List("(", () => Value(reader, function, function.Output), ")");
        if (reader.Next.Is("<"))
            reader.List("<", () => function.ValueInfo.Add(GraphText.ValueInfo(reader)), ">");
        NodeText.ParseAll(reader, function.Node);
        return function;
    }

    private static bool ReadHeader(TokenReader reader, FunctionProto function, string key)
    {
        switch (key)
        {
            case "domain":
                function.Domain = reader.Text();
                return true;
            case "doc_string":
                function.DocString = reader.Text();
                return true;
            case "overload":
                function.Overload = reader.Text();
                return true;
            case "opset_import":
                HeaderText.ParseOperatorSets(reader, function.OpsetImport);
                return true;
            default:
                return false;
        }
    }

    private static void Attribute(TokenReader reader, FunctionProto function)
    {
        string name = reader.Identifier("an attribute name");
        if (reader.Next.Is("=") || reader.Next.Is(":"))
            function.AttributeProto.Add(AttributeText.Parse(reader, name));
        else
            function.Attribute.Add(name);
    }

    private static void Value(TokenReader reader, FunctionProto function, RepeatedField<string> names)
    {
        ValueInfoProto value = GraphText.ValueInfo(reader);
        names.Add(value.Name);
        if (value.Type is not null)
            function.ValueInfo.Add(value);
    }
}
