namespace OnnxPrune.Operators;

/// <summary>
/// What every operator couples, variant by variant. A letter is a variable, in the order of occurrence; a number is never pruned; see
/// <see cref="Layouts.LayoutPrinter"/>.
/// </summary>
internal static partial class CouplingLines
{
    private static readonly string[] Unary =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Celu", "Clip", "Cos", "Cosh", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid",
        "HardSwish", "Identity", "IsInf", "IsNaN", "LeakyRelu", "Log", "Mish", "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Sinh",
        "Softplus", "Softsign", "Sqrt", "Tan", "Tanh", "ThresholdedRelu",
    ];

    private static readonly string[] Binary = ["Add", "Div", "Max", "Mean", "Min", "Mod", "Mul", "Pow", "PRelu", "Sub", "Sum"];

    private static readonly string[] Comparisons = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"];

    private static readonly string[] Logic = ["And", "Or", "Xor"];

    private static readonly string[] Reductions =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum",
        "ReduceSumSquare",
    ];

    public static IEnumerable<CouplingLine> All =>
    [
        .. Unary.Select(op => new CouplingLine($"y = {op}(x)", "float[2,3] x", $"{op}: a b -> a b")),
        .. Binary.Concat(Comparisons).SelectMany(op => Broadcasting(op, "float")),
        .. Logic.SelectMany(op => Broadcasting(op, "bool")),
        .. Reductions.SelectMany(Reduced),
        .. Elementwise,
        .. Windows,
        .. Products,
        .. Normalizations,
        .. Recurrent,
        .. Cuts,
        .. Shapes,
        .. Constants,
        .. Pinned,
        .. Indexing,
        .. Regions,
        .. Sequences,
        .. Quantized,
        .. Opaque,
        .. Attentive,
        .. Contributed,
        .. ContributedQuantized,
        .. Classic,
    ];

    private static CouplingLine[] Elementwise =>
    [
        new("y, mask = Dropout(x)", "float[2,3] x", "Dropout: a b -> a b, a b"),
        new("y = Dropout(x, r, t)", "float[2,3] x, float r = {0.5}, bool t = {0}", "Dropout: a b, (), () -> a b"),
        new("y = Dropout(x, r, t)", "float[2,3] x, float r = {0.3}, bool t = {1}", "Dropout: 2 3, (), () -> 2 3"),
        new("y = Dropout(x, , t)", "float[2,3] x, bool t = {1}", "Dropout: 2 3, _, () -> 2 3"),
        new("y = Dropout(x, r, t)", "float[2,3] x, float r = {0}, bool t = {1}", "Dropout: a b, (), () -> a b"),
        new("y = Clip(x, low, high)", "float[2,3] x, float low = {0}, float high = {6}", "Clip: a b -> a b"),
        new("y = Clip<min = 0.0, max = 6.0>(x)", "float[2,3] x", "Clip: a b -> a b", 10),
        new("y = Cast<to = 10>(x)", "float[2,3] x", "Cast: a b -> a b"),
        new("y = CastLike(x, t)", "float[2,3] x, float16[5] t", "CastLike: a b, c -> a b"),
        new("y = Not(x)", "bool[2,3] x", "Not: a b -> a b"),
        new("y = Sum(x, b, c)", "float[2,3] x, float[2,1] b, float[3] c", "Sum: a b, a 1, b -> a b"),
        new("y = Max(x)", "float[2,3] x", "Max: a b -> a b"),
        new("y = PRelu(x, slope)", "float[2,3,4,4] x, float[3,1,1] slope", "PRelu: a b c d, b 1 1 -> a b c d"),
        new("y = Where(c, x, z)", "bool[2,1] c, float[2,3] x, float z", "Where: a 1, a b, () -> a b"),
        new("y = Relu(x)", "float[N,3,H,W] x", "Relu: 5|3|7 a 64|96|160 64|96|160 -> 5|3|7 a 64|96|160 64|96|160"),
    ];

    private static CouplingLine[] Windows =>
    [
        new("y = Conv(x, w)", "float[2,4,6,6] x, float[8,4,3,3] w", "Conv: a b 6 6, c b 3 3 -> a c 4 4"),
        new("y = Conv(x, w, b)", "float[2,4,6,6] x, float[8,4,3,3] w, float[8] b", "Conv: a b 6 6, c b 3 3, c -> a c 4 4"),
        new("y = Conv<pads = [1,1,1,1], strides = [2,2]>(x, w)", "float[N,4,H,8] x, float[8,4,3,3] w",
            "Conv: 5|3|7 a 64|96|160 8, b a 3 3 -> 5|3|7 b 32|48|80 4"),
        new("y = Conv<auto_pad = \"SAME_UPPER\">(x, w)", "float[2,4,9] x, float[8,4,3] w", "Conv: a b 9, c b 3 -> a c 9"),
        new("y = Conv<group = 2>(x, w, b)", "float[2,4,6,6] x, float[6,2,3,3] w, float[6] b", "Conv: a b*c 6 6, b*d c 3 3, b*d -> a b*d 4 4"),
        new("y = Conv<group = 4>(x, w)", "float[2,4,6,6] x, float[4,1,3,3] w", "Conv: a b 6 6, b 1 3 3 -> a b 4 4"),
        new("y = Conv<group = 4>(x, w)", "float[2,4,6,6] x, float[8,1,3,3] w", "Conv: a b 6 6, b*c 1 3 3 -> a b*c 4 4"),
        new("y = ConvTranspose(x, w, b)", "float[2,4,6,6] x, float[4,8,3,3] w, float[8] b", "ConvTranspose: a b 6 6, b c 3 3, c -> a c 8 8"),
        new("y = ConvTranspose<group = 2>(x, w)", "float[2,4,6,6] x, float[4,3,3,3] w", "ConvTranspose: a b*c 6 6, b*c d 3 3 -> a b*d 8 8"),
        new("y = ConvTranspose<group = 4>(x, w)", "float[2,4,6,6] x, float[4,1,2,2] w", "ConvTranspose: a b 6 6, b 1 2 2 -> a b 7 7"),
        new("y = AveragePool<kernel_shape = [2,2]>(x)", "float[2,3,4,4] x", "AveragePool: a b 4 4 -> a b 3 3"),
        new("y = AveragePool<kernel_shape = [2], strides = [3], auto_pad = \"VALID\", ceil_mode = 1>(x)", "float[2,3,9] x", "AveragePool: a b 9 -> a b 3"),
        new("y = LpPool<kernel_shape = [2], strides = [2]>(x)", "float[2,3,8] x", "LpPool: a b 8 -> a b 4"),
        new("y = MaxPool<kernel_shape = [2,2], strides = [2,2], ceil_mode = 1>(x)", "float[2,3,5,5] x", "MaxPool: a b 5 5 -> a b 3 3"),
        new("y, i = MaxPool<kernel_shape = [2,2]>(x)", "float[2,3,4,4] x", "MaxPool: 2 3 4 4 -> 2 3 3 3, 2 3 3 3"),
        new("y = GlobalAveragePool(x)", "float[2,3,4,4] x", "GlobalAveragePool: a b 4 4 -> a b 1 1"),
        new("y = GlobalLpPool(x)", "float[2,3,4] x", "GlobalLpPool: a b 4 -> a b 1"),
        new("y = GlobalMaxPool(x)", "float[2,3,4,4] x", "GlobalMaxPool: a b 4 4 -> a b 1 1"),
        new("y = DepthToSpace<blocksize = 2>(x)", "float[2,12,4,4] x", "DepthToSpace: a 4*b 4 4 -> a b 8 8"),
        new("y = DepthToSpace<blocksize = 2, mode = \"CRD\">(x)", "float[2,12,4,4] x", "DepthToSpace: a b*4 4 4 -> a b 8 8"),
        new("y = SpaceToDepth<blocksize = 2>(x)", "float[2,3,4,4] x", "SpaceToDepth: a b 4 4 -> a 4*b 2 2"),
        new("y = Resize(x, , s)", "float[2,3,4,4] x, float[4] s = {1, 1, 2, 2}", "Resize: a b 4 4 -> a b 8 8"),
        new("y = Resize(x, , , s)", "float[2,3,4,4] x, int64[4] s = {2, 3, 8, 4}", "Resize: a b 4 c -> a b 8 c"),
        new("y = Resize<axes = [2]>(x, , , s)", "float[2,3,4,4] x, int64[1] s = {8}", "Resize: a b 4 c -> a b 8 c"),
        new("y = Resize(x, s)", "float[2,3,4,4] x, float[4] s = {1, 1, 2, 2}", "Resize: a b 4 4 -> a b 8 8", 10),
        new("y = Resize(x, , s)", "float[2,3,4,4] x, float[4] s = {1, 2, 1, 1}", "Resize: a 3 b c -> a 6 b c"),
        new("y = Upsample(x, s)", "float[2,3,4,4] x, float[4] s = {1, 1, 2, 2}", "Upsample: a b 4 4 -> a b 8 8", 9),
        new("y = Upsample<scales = [1.0, 1.0, 2.0, 2.0]>(x)", "float[2,3,4,4] x", "Upsample: a b 4 4 -> a b 8 8", 8),
    ];

    private static CouplingLine[] Products =>
    [
        new("y = Gemm(a, b)", "float[2,3] a, float[3,4] b", "Gemm: a b, b c -> a c"),
        new("y = Gemm(a, b, c)", "float[2,3] a, float[3,4] b, float[4] c", "Gemm: a b, b c, c -> a c"),
        new("y = Gemm(a, b, c)", "float[2,3] a, float[3,4] b, float[2,1] c", "Gemm: a b, b c, a 1 -> a c"),
        new("y = Gemm(a, b, c)", "float[2,3] a, float[3,4] b, float c", "Gemm: a b, b c, () -> a c"),
        new("y = Gemm<transA = 1>(a, b)", "float[3,2] a, float[3,4] b", "Gemm: a b, a c -> b c"),
        new("y = Gemm<transB = 1>(a, b, c)", "float[N,3] a, float[4,3] b, float[4] c", "Gemm: 5|3|7 a, b a, b -> 5|3|7 b"),
        new("y = Gemm<transA = 1, transB = 1>(a, b)", "float[3,2] a, float[4,3] b", "Gemm: a b, c a -> b c"),
        new("y = MatMul(a, b)", "float[2,3] a, float[3,4] b", "MatMul: a b, b c -> a c"),
        new("y = MatMul(a, b)", "float[2,5,3] a, float[3,4] b", "MatMul: a b c, c d -> a b d"),
        new("y = MatMul(a, b)", "float[2,5,4,3] a, float[2,5,3,6] b", "MatMul: a b c d, a b d e -> a b c e"),
        new("y = MatMul(a, b)", "float[5,1,2,3] a, float[4,3,6] b", "MatMul: a 1 b c, d c e -> a d b e"),
        new("y = MatMul(a, b)", "float[3] a, float[3,4] b", "MatMul: a, a b -> b"),
        new("y = MatMul(a, b)", "float[2,3] a, float[3] b", "MatMul: a b, b -> a"),
        new("y = MatMul(a, b)", "float[3] a, float[3] b", "MatMul: a, a -> ()"),
        new("y = MatMul(a, b)", "float[3] a, float[5,3,4] b", "MatMul: a, b a c -> b c"),
    ];

    private static CouplingLine[] Normalizations =>
    [
        new("y = BatchNormalization(x, s, b, m, v)", "float[2,3,4,4] x, float[3] s, float[3] b, float[3] m, float[3] v",
            "BatchNormalization: a b c d, b, b, b, b -> a b c d"),
        new("y = BatchNormalization(x, s, b, m, v)", "float[2,3] x, float[3] s, float[3] b, float[3] m, float[3] v", "BatchNormalization: a b, b, b, b, b -> a b"),
        new("y, n, w = BatchNormalization<training_mode = 1>(x, s, b, m, v)", "float[2,3,4] x, float[3] s, float[3] b, float[3] m, float[3] v",
            "BatchNormalization: 2 3 4, 3, 3, 3, 3 -> 2 3 4, 3, 3"),
        new("y = InstanceNormalization(x, s, b)", "float[2,3,4,4] x, float[3] s, float[3] b", "InstanceNormalization: a b c d, b, b -> a b c d"),
        new("y = LayerNormalization(x, s, b)", "float[2,3] x, float[3] s, float[3] b", "LayerNormalization: a b, b, b -> a b"),
        new("y, m, d = LayerNormalization<axis = 1>(x, s)", "float[2,3,4] x, float[3,4] s", "LayerNormalization: a b c, b c -> a b c, a 1 1, a 1 1"),
        new("y = LRN<size = 3>(x)", "float[2,3,4,4] x", "LRN: a 3 b c -> a 3 b c"),
        new("y = Softmax(x)", "float[2,3,4] x", "Softmax: a b c -> a b c"),
        new("y = Softmax<axis = 1>(x)", "float[2,3,4] x", "Softmax: a b c -> a b c"),
        new("y = Softmax(x)", "float[2,3,4] x", "Softmax: a b c -> a b c", 12),
        new("y = LogSoftmax<axis = 0>(x)", "float[2,3] x", "LogSoftmax: a b -> a b"),
        new("y = Hardmax(x)", "float[2,3] x", "Hardmax: a 3 -> a 3"),
    ];

    private static CouplingLine[] Recurrent =>
    [
        new("y = LSTM<hidden_size = 3>(x, w, r)", "float[7,2,5] x, float[1,12,5] w, float[1,12,3] r", "LSTM: 7 a b, 1 4*c b, 1 4*c c -> 7 1 a c"),
        new("y, h, c = LSTM<hidden_size = 3>(x, w, r, b, , h0, c0, p)",
            "float[7,2,5] x, float[1,12,5] w, float[1,12,3] r, float[1,24] b, float[1,2,3] h0, float[1,2,3] c0, float[1,9] p",
            "LSTM: 7 a b, 1 4*c b, 1 4*c c, 1 8*c, _, 1 a c, 1 a c, 1 3*c -> 7 1 a c, 1 a c, 1 a c"),
        new("y = LSTM<hidden_size = 3, direction = \"bidirectional\">(x, w, r)", "float[7,2,5] x, float[2,12,5] w, float[2,12,3] r",
            "LSTM: 7 a b, 2 4*c b, 2 4*c c -> 7 2 a c"),
        new("y = LSTM<hidden_size = 3, layout = 1>(x, w, r)", "float[2,7,5] x, float[1,12,5] w, float[1,12,3] r", "LSTM: a 7 b, 1 4*c b, 1 4*c c -> a 7 1 c"),
        new("y, h = GRU<hidden_size = 3>(x, w, r, b)", "float[7,2,5] x, float[1,9,5] w, float[1,9,3] r, float[1,18] b",
            "GRU: 7 a b, 1 3*c b, 1 3*c c, 1 6*c -> 7 1 a c, 1 a c"),
        new("y = RNN<hidden_size = 3>(x, w, r)", "float[7,2,5] x, float[1,3,5] w, float[1,3,3] r", "RNN: 7 a b, 1 c b, 1 c c -> 7 1 a c"),
    ];

    private static CouplingLine[] Cuts =>
    [
        new("y = Concat<axis = 1>(a, b)", "float[2,3] a, float[2,4] b", "Concat: a b, a c -> a b+c"),
        new("y = Concat<axis = -2>(a, b)", "float[2,3] a, float[5,3] b", "Concat: a b, c b -> a+c b"),
        new("y = Concat<axis = 1>(a, a)", "float[2,3] a", "Concat: a b, a b -> a 2*b"),
        new("y, z = Split<axis = 1, num_outputs = 2>(x)", "float[2,8] x", "Split: a b+c -> a b, a c"),
        new("x0, x1, x2 = Split<axis = 1, num_outputs = 3>(x)", "float[2,8] x", "Split: a b+c+d -> a b, a c, a d"),
        new("y, z = Split<axis = -1>(x, s)", "float[2,8] x, int64[2] s = {3, 5}", "Split: a b+c -> a b, a c"),
        new("y, z = Split<axis = 1, split = [3, 5]>(x)", "float[2,8] x", "Split: a b+c -> a b, a c", 11),
        new("y, z = Split(x)", "float[8,2] x", "Split: a+b c -> a c, b c", 11),
        new("y, z = Split<axis = 1>(x, s)", "float[2,3] x, int64[2] s = {1, 2}", "Split: a 1+b -> a 1, a b"),
        new("y = Slice(x, s, e, a)", "float[2,9] x, int64[1] s = {2}, int64[1] e = {5}, int64[1] a = {1}", "Slice: a b+c+d -> a c"),
        new("y = Slice(x, s, e, a)", "float[2,8] x, int64[1] s = {-3}, int64[1] e = {9223372036854775807}, int64[1] a = {-1}", "Slice: a b+c -> a c"),
        new("y = Slice(x, s, e)", "float[4,8] x, int64[2] s = {0, 0}, int64[2] e = {2, -2}", "Slice: a+b c+d -> a c"),
        new("y = Slice(x, s, e)", "float[4,8] x, int64[2] s = {0, 0}, int64[2] e = {4, 8}", "Slice: a b -> a b"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {0}, int64[1] e = {8}, int64[1] a = {1}, int64[1] t = {2}", "Slice: a b*2 -> a b"),
        new("y = Slice(x, s, e, a, t)", "float[2,9] x, int64[1] s = {0}, int64[1] e = {9}, int64[1] a = {1}, int64[1] t = {2}", "Slice: a 9 -> a 5"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {1}, int64[1] e = {8}, int64[1] a = {1}, int64[1] t = {2}", "Slice: a b*2 -> a b"),
        new("y = Slice(x, s, e, a, t)", "float[2,9] x, int64[1] s = {3}, int64[1] e = {7}, int64[1] a = {1}, int64[1] t = {2}", "Slice: a b+c*2+d -> a c"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {0}, int64[1] e = {8}, int64[1] a = {1}, int64[1] t = {3}", "Slice: a 8 -> a 3"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {-1}, int64[1] e = {-9}, int64[1] a = {1}, int64[1] t = {-1}", "Slice: a b -> a permuted(b)"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {5}, int64[1] e = {1}, int64[1] a = {1}, int64[1] t = {-1}", "Slice: a b+c+d -> a permuted(c)"),
        new("y = Slice(x, s, e, a, t)", "float[2,8] x, int64[1] s = {7}, int64[1] e = {-9}, int64[1] a = {1}, int64[1] t = {-2}", "Slice: a b*2 -> a permuted(b)"),
        new("y = Slice<starts = [2], ends = [5], axes = [1]>(x)", "float[2,9] x", "Slice: a b+c+d -> a c", 9),
        new("y = Pad(x, p)", "float[2,3] x, int64[4] p = {0, 2, 0, 4}", "Pad: a b -> a c+b+d"),
        new("y = Pad(x, p, v)", "float[2,3,4,4] x, int64[8] p = {0, 0, 1, 1, 0, 0, 1, 1}, float v = {0}", "Pad: a b c d, _, () -> a b 1+c+1 1+d+1"),
        new("y = Pad(x, p, , a)", "float[2,3] x, int64[2] p = {0, 2}, int64[1] a = {1}", "Pad: a b -> a b+c"),
        new("y = Pad<mode = \"reflect\">(x, p)", "float[2,3] x, int64[4] p = {0, 2, 0, 2}", "Pad: a 3 -> a 7"),
        new("y = Pad(x, p)", "float[2,3] x, int64[4] p = {0, -1, 0, 0}", "Pad: a 3 -> a 2"),
        new("y = Pad<pads = [0, 2, 0, 2]>(x)", "float[2,3] x", "Pad: a b -> a c+b+d", 10),
        new("y = Tile(x, r)", "float[2,3] x, int64[2] r = {1, 2}", "Tile: a b -> a 2*b"),
        new("y = Expand(x, s)", "float[3,1] x, int64[3] s = {2, 3, 4}", "Expand: a 1 -> b a c"),
        new("y = Expand(x, s)", "float[2,3] x, int64[2] s = {1, 1}", "Expand: a b -> a b"),
        new("y = Gather(x, i)", "float[10,4] x, int64[2,3] i", "Gather: 10 a, b c -> b c a"),
        new("y = Gather<axis = 1>(x, i)", "float[2,5] x, int64 i = {1}", "Gather: a 5, () -> a"),
        new("y = Gather<axis = -1>(x, i)", "float[2,5] x, int64[3] i = {0, 2, 4}", "Gather: a permuted(b+c), d -> a b"),
        new("y = Gather<axis = 1>(x, i)", "float[2,5] x, int64[5] i = {1, 0, -1, 2, 3}", "Gather: a b, c -> a permuted(b)"),
        new("y = Gather<axis = 1>(x, i)", "float[2,8] x, int64[3] i = {2, 3, 4}", "Gather: a b+c+d, e -> a c"),
        new("y = Gather<axis = 1>(x, i)", "float[2,5] x, int64[3] i = {0, 2, 0}", "Gather: a 5, b -> a b"),
        new("y = Gather<axis = 1>(x, i)", "float[2,4] x, int64[2,2] i = {3, 2, 1, 0}", "Gather: a 4, b c -> a b c"),
    ];

    private static CouplingLine[] Shapes =>
    [
        new("y = Reshape(x, s)", "float[2,3,4] x, int64[2] s = {2, 12}", "Reshape: a b c -> a b*c"),
        new("y = Reshape(x, s)", "float[2,12] x, int64[3] s = {0, 3, -1}", "Reshape: a b*c -> a b c"),
        new("y = Reshape(x, s)", "float[N,T,12] x, int64[4] s = {0, 0, 3, 4}", "Reshape: 5|3|7 13|11|17 a*b -> 5|3|7 13|11|17 a b"),
        new("y = Reshape(x, s)", "float[4,6] x, int64[2] s = {2, 12}", "Reshape: a*b c -> a b*c"),
        new("y = Reshape(x, s)", "float[4,6] x, int64[2] s = {6, 4}", "Reshape: 4 6 -> 6 4"),
        new("y = Reshape(x, s)", "float[2,1,3] x, int64[2] s = {2, 3}", "Reshape: a 1 b -> a b"),
        new("y = Reshape(x, s)", "float[2,3] x, int64[4] s = {1, 2, 3, 1}", "Reshape: a b -> 1 a b 1"),
        new("y = Reshape(x, s)", "float[2,3] x, int64[1] s = {-1}", "Reshape: a b -> a*b"),
        new("y = Flatten(x)", "float[2,3,4] x", "Flatten: a b c -> a b*c"),
        new("y = Flatten<axis = 2>(x)", "float[2,3,4] x", "Flatten: a b c -> a*b c"),
        new("y = Flatten<axis = 0>(x)", "float[2,3] x", "Flatten: a b -> 1 a*b"),
        new("y = Flatten<axis = -1>(x)", "float[2,3,4] x", "Flatten: a b c -> a*b c"),
        new("y = Squeeze(x, a)", "float[2,1,3,1] x, int64[1] a = {1}", "Squeeze: a 1 b 1 -> a b 1"),
        new("y = Squeeze(x)", "float[2,1,3,1] x", "Squeeze: a 1 b 1 -> a b"),
        new("y = Squeeze<axes = [-1]>(x)", "float[2,1,3,1] x", "Squeeze: a 1 b 1 -> a 1 b", 11),
        new("y = Unsqueeze(x, a)", "float[2,3] x, int64[2] a = {0, -1}", "Unsqueeze: a b -> 1 a b 1"),
        new("y = Unsqueeze<axes = [1]>(x)", "float[2,3] x", "Unsqueeze: a b -> a 1 b", 11),
        new("y = Transpose(x)", "float[2,3,4] x", "Transpose: a b c -> c b a"),
        new("y = Transpose<perm = [0, 2, 1]>(x)", "float[2,3,4] x", "Transpose: a b c -> a c b"),
    ];

    private static CouplingLine[] Constants =>
    [
        new("y = Constant<value = float[2,3] {1, 2, 3, 4, 5, 6}>()", "", "Constant: -> 2 3"),
        new("y = ConstantOfShape(s)", "int64[2] s = {2, 3}", "ConstantOfShape: -> a b"),
        new("y = Range(s, l, d)", "int64 s = {0}, int64 l = {8}, int64 d = {2}", "Range: -> 4"),
        new("y = Shape(x)", "float[2,3] x", "Shape: 2 3 -> 2"),
        new("y = Shape<start = 1>(x)", "float[2,3,4] x", "Shape: 2 3 4 -> 2"),
        new("y = Size(x)", "float[2,3] x", "Size: 2 3 -> ()"),
    ];

    private static CouplingLine[] Pinned =>
    [
        new("y = ArgMax(x)", "float[2,3] x", "ArgMax: 2 a -> 1 a"),
        new("y = ArgMin(x)", "float[2,3] x", "ArgMin: 2 a -> 1 a"),
        new("y, i = TopK(x, k)", "float[2,9] x, int64[1] k = {3}", "TopK: a 9 -> a 3, a 3"),
    ];

    private static IEnumerable<CouplingLine> Broadcasting(string op, string type) =>
    [
        new($"y = {op}(a, b)", $"{type}[2,3] a, {type}[2,3] b", $"{op}: a b, a b -> a b"),
        new($"y = {op}(a, b)", $"{type}[2,1,4] a, {type}[3,1] b", $"{op}: a 1 b, c 1 -> a c b"),
        new($"y = {op}(a, b)", $"{type}[2,3] a, {type} b", $"{op}: a b, () -> a b"),
    ];

    private static IEnumerable<CouplingLine> Reduced(string op)
    {
        yield return new($"y = {op}<keepdims = 0>(x, a)", "float[2,3,4] x, int64[1] a = {1}", $"{op}: a b c -> a c");
        yield return new($"y = {op}(x, a)", "float[2,3,4] x, int64[2] a = {-1, 1}", $"{op}: a b c -> a 1 1");
        yield return new($"y = {op}(x)", "float[2,3] x", $"{op}: a b -> 1 1");
        yield return new($"y = {op}<noop_with_empty_axes = 1>(x)", "float[2,3] x", $"{op}: a b -> a b");
        yield return new($"y = {op}<axes = [1], keepdims = 0>(x)", "float[2,3,4] x", $"{op}: a b c -> a c", 11);
    }
}
