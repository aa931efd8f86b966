using Onnx;
using OnnxPrune.Testing.TextualSyntax;

namespace OnnxPrune.Testing;

/// <summary>
/// Models written in ONNX's textual syntax. One extension: an initializer <c>float[8,3] w = normal 0.1</c> (a standard deviation and
/// optionally a mean) or <c>float[8] b = uniform 0.5 1.5</c> is filled by <see cref="SeededFill"/>.
/// </summary>
internal static class OnnxText
{
    /// <summary>The model; a header that leaves them out gets IR version 10 and operator set 21.</summary>
    /// <exception cref="OnnxTextException">The text is malformed.</exception>
    public static ModelProto Parse(string text) => ModelText.Parse(Reader(text));

    /// <summary>The model's graph alone, written without a header.</summary>
    /// <exception cref="OnnxTextException">The text is malformed.</exception>
    public static GraphProto ParseGraph(string text)
    {
        TokenReader reader = Reader(text);
        GraphProto graph = GraphText.Parse(reader);
        reader.ExpectEnd();
        return graph;
    }

    private static TokenReader Reader(string text) => new(new Lexer(text).ReadAll());
}
