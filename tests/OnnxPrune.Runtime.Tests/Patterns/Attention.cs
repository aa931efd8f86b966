namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Texts of attention over 6 tokens: 4 heads of 6, made from a hidden size of 10.</summary>
internal static class Attention
{
    /// <summary>From queries, keys and values of [N, heads, tokens, size] to the output of the graph.</summary>
    public const string Mixing = """
        kt = Transpose <perm = [0,1,3,2]> (k)  scores = MatMul (q, kt)  scaled = Mul (scores, scale)  weights = Softmax <axis = -1> (scaled)
        mixed = MatMul (weights, v)  back = Transpose <perm = [0,2,1,3]> (mixed)  merged = Reshape (back, hidden)  o = MatMul (merged, wo)  y = MatMul (o, head)
        """;

    /// <summary>The same with [tokens first, heads, size] kept for the last moment: a text of nodes that ends in q, k and v.</summary>
    public static string Of(string weights, string nodes) => $$"""
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, {{weights}}, float[24,10] wo = normal 0.3, float[10,5] head = normal 0.3, float scale = {0.4}, int64[3] hidden = {0, 0, 24}>
        {
            s = MatMul (x, stem)
            {{nodes}}
            {{Mixing}}
        }
        """;
}
