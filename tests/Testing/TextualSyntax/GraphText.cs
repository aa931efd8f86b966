using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Graphs: <c>name (float[N, 4] x) => (float[N, 2] y) &lt;float[2] b = {1, 2}&gt; { ... }</c>.</summary>
internal static class GraphText
{
    public static GraphProto Parse(TokenReader reader)
    {
        GraphProto graph = new() { Name = reader.Name("a graph name") };
        reader.List("(", () => Input(reader, graph), ")");
        reader.Expect("=>");
        reader.List("(", () => graph.Output.Add(ValueInfo(reader)), ")");
        if (reader.Next.Is("<"))
            reader.List("<", () => ValueInfoOrInitializer(reader, graph), ">");
        NodeText.ParseAll(reader, graph.Node);
        return graph;
    }

    /// <summary>A name, with its type before it or without.</summary>
    public static ValueInfoProto ValueInfo(TokenReader reader)
    {
        TypeProto? type = TypeText.IsNext(reader) ? TypeText.Parse(reader) : null;
        ValueInfoProto value = new() { Name = reader.Name("a value name") };
        if (type is not null)
            value.Type = type;
        return value;
    }

    private static void Input(TokenReader reader, GraphProto graph)
    {
        ValueInfoProto input = ValueInfo(reader);
        graph.Input.Add(input);
        if (reader.Accept("="))
            graph.Initializer.Add(TensorText.Initializer(reader, input));
    }

    private static void ValueInfoOrInitializer(TokenReader reader, GraphProto graph)
    {
        ValueInfoProto value = ValueInfo(reader);
        if (reader.Accept("="))
            graph.Initializer.Add(TensorText.Initializer(reader, value));
        else
            graph.ValueInfo.Add(value);
    }
}
