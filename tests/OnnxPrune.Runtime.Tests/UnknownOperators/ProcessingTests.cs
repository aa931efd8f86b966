using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.UnknownOperators;

/// <summary>
/// Networks inside of what prepares their inputs and reads their outputs: files are decoded, text is cut into tokens, boxes are selected, labels are
/// strings. Where the whole cannot run, the network is pruned and verified from its own tensors.
/// </summary>
public class ProcessingTests
{
    private const string Classifier = """
        h = Conv <pads = [1,1,1,1], strides = [2,2]> (i, a)  r = Relu (h)  k = Conv <pads = [1,1,1,1]> (r, b)  q = Relu (k)  g1 = GlobalAveragePool (q)
        f = Flatten (g1)  logits = Gemm (f, d)
        """;

    private const string Weights = """
        float[8,3,3,3] a = normal 0.3, float[6,8,3,3] b = normal 0.2, float[6,5] d = normal 0.4, int64[1] zero = {0}, int64[1] one = {1}, int64[1] two = {2},
        float scale = {0.01}, float[4] halves = {1, 1, 0.5, 0.5}, int64[4] size = {1, 3, 32, 32}, int64[3] image = {24, 24, 3}, int64[3] rows = {1, 8, 64},
        float[50,12] table = normal 0.5, float[12,16] q1 = normal 0.4, float[16,12] q2 = normal 0.3, float[12,5] head = normal 0.4, float[7,16] w = normal 0.4,
        float[16,3] v = normal 0.4, int64[2] flat = {-1, 6}, int64[1] most = {20}, float[1] least = {0.1}, float[6,16] box = normal 0.4, float[16,4] boxes = normal 0.4,
        float[6,12] score = normal 0.4, float[12,2] scores = normal 0.4, float[64,128] wide = normal 0.2, float[128,10] narrow = normal 0.2, int64 first = {0}
        """;

    [Theory]
    [InlineData("a Reshape to constant sizes", "float[1,8,64] x", "y", "u = vendor.Mystery (x)  s = Reshape (u, rows)  h = MatMul (s, wide)  r = Relu (h)  y = MatMul (r, narrow)", "wide[1]")]
    [InlineData("a Reshape to constant sizes behind others", "float[1,8,64] x", "y", "u = vendor.Mystery (x)  t = Neg (u)  c = Cast <to = 1> (t)  s = Reshape (c, rows)  h = MatMul (s, wide)  r = Relu (h)  y = MatMul (r, narrow)", "wide[1]")]
    [InlineData("a Reshape with one size open", "float[1,8,64] x", "y", "u = vendor.Mystery (x)  s = Reshape (u, flat)  h = MatMul (s, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("a matrix product", "string[n] x", "y", "u = vendor.Embed (x)  h = Gemm (u, w)  r = Relu (h)  y = MatMul (r, v)", "w[1]")]
    [InlineData("an image that is decoded, cast, and put in order", "uint8[n] x", "y", "u = ai.onnx.contrib.DecodeImage (x)  c = Cast <to = 1> (u)  m = Mul (c, scale)  t = Transpose <perm = [2, 0, 1]> (m)  i = Unsqueeze (t, zero)  CNN  y = Softmax (logits)", "a[0], b[0]")]
    [InlineData("an image of a size that is resized", "uint8[n] x", "y", "u = ai.onnx.contrib.DecodeImage (x)  t = Transpose <perm = [2, 0, 1]> (u)  c = Cast <to = 1> (t)  e = Unsqueeze (c, zero)  i = Resize (e, , , size)  CNN  y = ArgMax <axis = 1> (logits)", "a[0], b[0]")]
    [InlineData("an image decoded by ONNX itself", "uint8[n] x", "y", "u = ImageDecoder <pixel_format = \"RGB\"> (x)  c = Cast <to = 1> (u)  t = Transpose <perm = [2, 0, 1]> (c)  i = Unsqueeze (t, zero)  CNN  y, z = TopK (logits, two)", "a[0], b[0]")]
    [InlineData("an image that is encoded", "float[1,3,24,24] i", "y", "CNN  e = Reshape (q, flat)  c = Cast <to = 2> (e)  y = ai.onnx.contrib.EncodeImage <format = \"png\"> (c)", "a[0]")]
    [InlineData("a plane of an image, named twice, and the image put together again", "uint8[n] x", "y", "u = ai.onnx.contrib.DecodeImage (x)  c = Cast <to = 1> (u)  l, c2, c3 = Split <axis = -1, num_outputs = 3> (c)  g2 = Squeeze (l, two)  n1 = Identity (g2)  m = Mul (n1, scale)  e = Unsqueeze (m, corner)  h = Conv <pads = [1,1,1,1]> (e, plane)  r = Relu (h)  k = Conv (r, thin)  s = Squeeze (k, corner)  z = Cast <to = 2> (s)  y = ai.onnx.contrib.EncodeImage <format = \"png\"> (z)", "plane[0]", ", int64[2] corner = {0, 1}, float[12,1,3,3] plane = normal 0.3, float[1,12,1,1] thin = normal 0.3")]
    [InlineData("labels that are strings", "float[1,3,24,24] i", "y", "CNN  m = ArgMax <axis = 1, keepdims = 0> (logits)  y = ai.onnx.ml.LabelEncoder <keys_int64s = [0, 1, 2, 3, 4], values_strings = [\"a\", \"b\", \"c\", \"d\", \"e\"]> (m)", "a[0], b[0]")]
    [InlineData("tokens and a transformer", "string[n] x", "y", "ids, mask = ai.onnx.contrib.BertTokenizer (x)  e = Gather (table, ids)  h = MatMul (e, q1)  r = Relu (h)  k = MatMul (r, q2)  s = Add (k, e)  y = MatMul (s, head)", "q1[1]", ", int64[rows,tokens] ids")]
    [InlineData("tokens by a vectorizer of ONNX", "string[1,n] x", "y", "u = TfIdfVectorizer <mode = \"TF\", min_gram_length = 1, max_gram_length = 1, max_skip_count = 0, ngram_counts = [0], ngram_indexes = [0, 1, 2, 3, 4, 5, 6], pool_strings = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\"]> (x)  h = Gemm (u, w)  r = Relu (h)  y = MatMul (r, v)", "w[1]")]
    [InlineData("words that are normalised first", "string[n] x", "y", "n1 = StringNormalizer <case_change_action = \"LOWER\"> (x)  u = vendor.Embed (n1)  h = Gemm (u, w)  r = Relu (h)  y = MatMul (r, v)", "w[1]")]
    [InlineData("boxes that are selected by a custom operator", "float[30,6] x", "y", "h = MatMul (x, box)  r = Relu (h)  b4 = MatMul (r, boxes)  o = MatMul (x, score)  p = Relu (o)  s2 = MatMul (p, scores)  n = vendor.Nms (b4, s2)  c = Gather <axis = 1> (n, zero)  l = Squeeze (c, one)  y = Gather (b4, l)", "box[1], score[1]")]
    [InlineData("boxes that are selected by ONNX", "float[1,30,6] x", "y", "h = MatMul (x, box)  r = Relu (h)  b4 = MatMul (r, boxes)  o = MatMul (x, score)  p = Relu (o)  s2 = MatMul (p, scores)  t = Transpose <perm = [0, 2, 1]> (s2)  n = NonMaxSuppression (b4, t, most)  c = Gather <axis = 1> (n, two)  l = Squeeze (c, one)  f = Squeeze (b4, zero)  y = Gather (f, l)", "box[1], score[1]")]
    [InlineData("an optional input", "optional(float[n,6]) x", "y", "u = OptionalGetElement (x)  h = MatMul (u, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("an optional value inside", "float[n,6] x", "y, has", "u = Optional (x)  has = OptionalHasElement (u)  t = OptionalGetElement (u)  h = MatMul (t, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("a sequence of inputs", "seq(float[n,6]) x", "y", "u = ConcatFromSequence <axis = 0> (x)  h = Gemm (u, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("an element of a sequence of inputs", "seq(float[n,6]) x", "y", "u = SequenceAt (x, first)  t = SequenceAt (x, first)  h = MatMul (u, box)  k = MatMul (t, box)  s = Concat <axis = 0> (h, k)  r = Relu (s)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("a sequence of outputs", "float[n,6] x", "y", "h = MatMul (x, box)  r = Relu (h)  k = MatMul (r, boxes)  s = SplitToSequence <axis = 1> (k)  y = SequenceInsert (s, k)", "box[1]")]
    [InlineData("a map of numbers", "float[n,6] x", "y", "h = MatMul (x, box)  r = Relu (h)  k = MatMul (r, boxes)  p = Softmax (k)  y = ai.onnx.ml.ZipMap <classlabels_strings = [\"a\", \"b\", \"c\", \"d\"]> (p)", "box[1]")]
    [InlineData("strings that are compared", "string[n] x, float[n,6] z", "y, m", "m = RegexFullMatch <pattern = \"a.*\"> (x)  h = MatMul (z, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    [InlineData("a custom operator in a branch", "float[4,6] x, bool c", "y", "u = If <then_branch = t () => (float[4,6] p) { p = vendor.Mystery (x) }, else_branch = e () => (float[4,6] p2) { p2 = Neg (x) }> (c)  s = Reshape (u, flat)  h = MatMul (s, box)  r = Relu (h)  y = MatMul (r, boxes)", "box[1]")]
    public void A_network_inside_is_pruned_and_verified(string kind, string inputs, string outputs, string nodes, string groups, string declared = "")
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse($$"""
            <ir_version: 9, opset_import: ["" : 20, "ai.onnx.ml" : 3, "vendor" : 1, "ai.onnx.contrib" : 1]>
            g ({{inputs}}) => ({{outputs}}) <{{Weights}}{{declared}}> { {{nodes.Replace("CNN", Classifier, StringComparison.Ordinal)}} }
            """)));
        var found = analysis.Groups.Where(g => g.IsExact).Select(g => g.Id).ToList();
        Assert.True(groups.Split(", ").All(found.Contains), $"{kind}: {string.Join(", ", found)}; {string.Join("; ", analysis.Warnings.Select(w => w.Message))}");
        Assert.DoesNotContain(analysis.Warnings, w => w.Code == ErrorCodes.UnknownShape);
        var cut = RandomMasks.Of(analysis, 5);
        var report = Verifier.Verify(Rewriter.Prune(cut), cut, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{kind}: {report.Verdict}: {report.Reason}");
    }
}
