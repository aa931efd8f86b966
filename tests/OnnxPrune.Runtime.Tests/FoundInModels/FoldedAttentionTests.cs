namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>
/// Attention that folds batch and heads into one axis for a batched product, as BART, wav2vec and conformers are exported: with every combination of
/// symbolic and fixed sizes, and every place of -1 and 0 in the targets of its reshapes.
/// </summary>
public class FoldedAttentionTests
{
    private static readonly string[] Folds = ["BH -1 d", "-1 L d", "BH L d", "BH L -1"];
    private static readonly string[] Unfolds = ["B h L d", "-1 h L d", "B h -1 d", "B -1 L d", "B h L -1"];
    private static readonly string[] Merges = ["B L hd", "0 -1 hd", "B -1 hd", "-1 L hd", "0 0 -1", "0 0 hd"];

    public static TheoryData<string, string> Sizes => new() { { "N", "T" }, { "2", "T" }, { "N", "6" }, { "2", "6" } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_place_of_an_open_size(string batch, string length)
    {
        for (int i = 0; i < Folds.Length * Unfolds.Length; i++)
        {
            string text = Attention(batch, length, Folds[i % Folds.Length], Unfolds[i / Folds.Length], Merges[i % Merges.Length]);
            var analysis = ModelText.Verified(text);
            Assert.Contains(analysis.Groups, g => g.Kind == ChannelKind.Heads && g.Size == 4);
            Assert.Contains(analysis.Groups, g => g.Kind == ChannelKind.HeadSize && g.Size == 8);
        }
    }

    [Theory]
    [InlineData("N", "T")]
    [InlineData("2", "T")]
    [InlineData("N", "6")]
    public void Keys_that_are_expanded_or_tiled_to_the_heads_keep_their_sizes(string batch, string length)
    {
        string[] repeats =
        [
            "kr = Reshape (k, onehead)  kt = Transpose <perm = [0, 2, 1, 3]> (kr)  wide = Concat <axis = 0> (B, h, L, d)  ke = Expand (kt, wide)",
            "kr = Reshape (k, onehead)  kt = Transpose <perm = [0, 2, 1, 3]> (kr)  ke = Tile (kt, tiles)",
        ];
        foreach (string repeat in repeats)
        {
            ModelText.Verified(
                $$"""
                g (float[{{batch}},{{length}},12] x) => (float[{{batch}},{{length}},5] y)
                <float[12,32] wq = normal 0.4, float[12,8] wk = normal 0.4, float[12,8] wv = normal 0.4, float[8,5] wo = normal 0.4,
                 int64[1] zero = {0}, int64[1] one = {1}, int64[1] h = {4}, int64[1] d = {8}, int64[4] split = {0, 0, 4, 8}, int64[4] onehead = {0, 0, 1, 8},
                 int64[4] tiles = {1, 4, 1, 1}>
                {
                    s = Shape (x)  B = Gather (s, zero)  L = Gather (s, one)
                    q = MatMul (x, wq)  qr = Reshape (q, split)  qt = Transpose <perm = [0, 2, 1, 3]> (qr)
                    k = MatMul (x, wk)  {{repeat}}
                    kk = Transpose <perm = [0, 1, 3, 2]> (ke)  a = MatMul (qt, kk)  p = Softmax <axis = -1> (a)  m = ReduceMean <keepdims = 0> (p, one)
                    v = MatMul (x, wv)  o = MatMul (m, v)  y = MatMul (o, wo)
                }
                """);
        }
    }

    private static string Attention(string batch, string length, string fold, string unfold, string merge) =>
        $$"""
        g (float[{{batch}},{{length}},12] x) => (float[{{batch}},{{length}},5] y)
        <float[12,32] wq = normal 0.4, float[12,32] wk = normal 0.4, float[12,32] wv = normal 0.4, float[32,5] wo = normal 0.4,
         int64[1] zero = {0}, int64[1] one = {1}, int64[1] open = {-1}, int64[1] h = {4}, int64[1] d = {8}, int64[1] hd = {32}, int64[4] split = {0, 0, 4, 8}>
        {
            s = Shape (x)  B = Gather (s, zero)  L = Gather (s, one)  BH = Mul (B, h)
            fold = Concat <axis = 0> ({{Elements(fold)}})  unfold = Concat <axis = 0> ({{Elements(unfold)}})  merge = Concat <axis = 0> ({{Elements(merge)}})
            {{Head("q")}} {{Head("k")}} {{Head("v")}}
            kk = Transpose <perm = [0, 2, 1]> (kf)  a = MatMul (qf, kk)  p = Softmax <axis = -1> (a)  o = MatMul (p, vf)
            u = Reshape (o, unfold)  t = Transpose <perm = [0, 2, 1, 3]> (u)  m = Reshape (t, merge)  y = MatMul (m, wo)
        }
        """;

    private static string Head(string name) =>
        $"{name} = MatMul (x, w{name})  {name}r = Reshape ({name}, split)  {name}t = Transpose <perm = [0, 2, 1, 3]> ({name}r)  {name}f = Reshape ({name}t, fold)";

    private static string Elements(string target) => string.Join(", ", target.Split(' ').Select(e => e switch { "-1" => "open", "0" => "zero", _ => e }));
}
