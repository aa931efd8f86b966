using Google.Protobuf.Collections;
using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Nodes: <c>[label] a, b = domain.Operator &lt;attributes&gt; (x, , y)</c>; the attributes may also stand last.</summary>
internal static class NodeText
{
    public static void ParseAll(TokenReader reader, RepeatedField<NodeProto> nodes)
    {
        reader.Expect("{");
        while (!reader.Accept("}"))
            nodes.Add(Parse(reader));
    }

    private static NodeProto Parse(TokenReader reader)
    {
        NodeProto node = new();
        Label(reader, node);
        Names(reader, node.Output);
        reader.Expect("=");
        Operator(reader, node);
        AttributeText.ParseAll(reader, node.Attribute);
        reader.Expect("(");
        Names(reader, node.Input);
        reader.Expect(")");
        if (node.Attribute.Count == 0)
            AttributeText.ParseAll(reader, node.Attribute);
        return node;
    }

    private static void Label(TokenReader reader, NodeProto node)
    {
        if (!reader.Accept("["))
            return;
        node.Name = reader.Name("a node name");
        reader.Expect("]");
    }

    /// <summary>Names separated by commas; nothing before a comma is an empty name, nothing after the last comma is no name.</summary>
    private static void Names(TokenReader reader, RepeatedField<string> names)
    {
        while (reader.NextIsName || reader.Next.Is(","))
        {
            names.Add(reader.NextIsName ? reader.Name("a value name") : "");
            if (!reader.Accept(","))
                return;
        }
    }

    private static void Operator(TokenReader reader, NodeProto node)
    {
        List<string> parts = [];
        do
            parts.Add(reader.Identifier("an operator"));
        while (reader.Accept("."));
        node.OpType = parts[^1];
        if (parts.Count > 1)
            node.Domain = string.Join('.', parts[..^1]);
        if (reader.Accept(":"))
            node.Overload = reader.Identifier("an overload");
    }
}
