namespace OnnxPrune.Operators;

/// <content>Operators that name positions, and those over sequences.</content>
internal static partial class CouplingLines
{
    private static CouplingLine[] Indexing =>
    [
        new("y = ArgMax<axis = 1>(x)", "float[2,3,4] x", "ArgMax: a 3 b -> a 1 b"),
        new("y = ArgMin<axis = -1, keepdims = 0>(x)", "float[2,3,4] x", "ArgMin: a b 4 -> a b"),
        new("y, i = TopK<axis = 1>(x, k)", "float[2,8,4] x, int64[1] k = {3}", "TopK: a 8 b -> a 3 b, a 3 b"),
        new("y, i = TopK<axis = 1, k = 3>(x)", "float[2,8,4] x", "TopK: a 8 b -> a 3 b, a 3 b", 9),
        new("y = CumSum(x, axis)", "float[2,3,4] x, int64 axis = {1}", "CumSum: a 3 b -> a 3 b"),
        new("y = Trilu(x)", "float[2,3,4] x", "Trilu: a 3 4 -> a 3 4"),
        new("y = OneHot(x, depth, values)", "int64[2,3] x, int64 depth = {5}, float[2] values = {0, 1}", "OneHot: a b -> a b 5"),
        new("y = GatherElements<axis = 1>(x, i)", "float[2,3,4] x, int64[2,5,4] i", "GatherElements: a 3 b, a c b -> a c b"),
        new("y = GatherND(x, i)", "float[2,3,4] x, int64[6,1] i", "GatherND: 2 a b, c 1 -> c a b"),
        new("y = GatherND<batch_dims = 1>(x, i)", "float[2,3,4] x, int64[2,6,1] i", "GatherND: a 3 b, a c 1 -> a c b"),
        new("y = ReverseSequence<time_axis = 1, batch_axis = 0>(x, l)", "float[2,3,4] x, int64[2] l = {3, 3}", "ReverseSequence: a b c, a -> a permuted(b) c"),
        new("y = ReverseSequence<time_axis = 1, batch_axis = 0>(x, l)", "float[2,3,4] x, int64[2] l = {3, 2}", "ReverseSequence: a 3 b, a -> a 3 b"),
        new("y = ReverseSequence(x, l)", "float[2,3,4] x, int64[3] l", "ReverseSequence: 2 a b, a -> 2 a b"),
        new("y = Scatter<axis = 1>(x, i, u)", "float[2,3,4] x, int64[2,5,4] i, float[2,5,4] u", "Scatter: a 3 b, a 5 b, a 5 b -> a 3 b", 10),
        new("y = ScatterElements<axis = 1>(x, i, u)", "float[2,3,4] x, int64[2,5,4] i, float[2,5,4] u", "ScatterElements: a 3 b, a 5 b, a 5 b -> a 3 b"),
        new("y = ScatterND(x, i, u)", "float[2,3,4] x, int64[6,1] i, float[6,3,4] u", "ScatterND: 2 a b, 6 1, 6 a b -> 2 a b"),
        new("y = Einsum<equation = \"bthd,bshd->bhts\">(q, k)", "float[2,3,4,8] q, float[2,5,4,8] k", "Einsum: a b c d, a e c d -> a c b e"),
        new("y = Einsum<equation = \"ij,jk\">(a, b)", "float[2,3] a, float[3,4] b", "Einsum: a b, b c -> a c"),
    ];

    // What pinned operators make of float[2,3], where their shapes are known.
    private static readonly Dictionary<string, string> KnownShapes = new(StringComparer.Ordinal)
    {
        ["Bernoulli"] = "2 3",
        ["Compress"] = "?",
        ["ConcatFromSequence"] = "? 3",
        ["EyeLike"] = "2 3",
        ["ImageDecoder"] = "? ? 3",
        ["NonMaxSuppression"] = "? 3",
        ["NonZero"] = "2 ?",
        ["Optional"] = "2 3",
        ["OptionalGetElement"] = "2 3",
        ["OptionalHasElement"] = "()",
        ["RandomNormal"] = "()",
        ["RandomNormalLike"] = "2 3",
        ["RandomUniform"] = "()",
        ["RandomUniformLike"] = "2 3",
        ["RegexFullMatch"] = "2 3",
        ["SequenceAt"] = "2 3",
        ["SequenceConstruct"] = "2 3",
        ["SequenceErase"] = "2 3",
        ["SequenceLength"] = "()",
        ["SplitToSequence"] = "1 3",
        ["StringNormalizer"] = "2 ?",
        ["TfIdfVectorizer"] = "2 ?",
        ["Unique"] = "?",
    };

    private static IEnumerable<CouplingLine> Opaque =>
        from entry in OperatorSet.Default.Entries
        where entry.Operator.GetType() == typeof(Pinned)
        let shape = KnownShapes.GetValueOrDefault(entry.Name, "?")
        select new CouplingLine($"y = {entry.Name}(x)", "float[2,3] x", $"{entry.OpType}: 2 3 -> {shape}", (int)Math.Max(21, entry.FirstOpset));

    private static CouplingLine[] Regions =>
    [
        new("y = DFT(x)", "float[2,8,1] x", "DFT: 2 8 1 -> 2 8 2"),
        new("y = STFT(x, s, w)", "float[2,64,1] x, int64 s = {8}, float[16] w", "STFT: 2 64 1, _, 16 -> 2 7 9 2"),
        new("y = RoiAlign<output_height = 2, output_width = 2>(x, rois, batch)", "float[1,3,8,8] x, float[5,4] rois, int64[5] batch", "RoiAlign: 1 a 8 8, b 4, b -> b a 2 2"),
        new("y = GridSample(x, grid)", "float[2,3,8,8] x, float[2,5,6,2] grid", "GridSample: a b 8 8, a 5 6 2 -> a b 5 6"),
        new("y = BitShift<direction = \"LEFT\">(a, b)", "uint8[2,3] a, uint8[2,3] b", "BitShift: a b, a b -> a b"),
        new("y = BitwiseAnd(a, b)", "int32[2,3] a, int32[2,3] b", "BitwiseAnd: a b, a b -> a b"),
        new("y = BitwiseOr(a, b)", "int32[2,3] a, int32[2,3] b", "BitwiseOr: a b, a b -> a b"),
        new("y = BitwiseXor(a, b)", "int32[2,3] a, int32[2,3] b", "BitwiseXor: a b, a b -> a b"),
        new("y = BitwiseNot(a)", "int32[2,3] a", "BitwiseNot: a b -> a b"),
        new("y = Shrink(a)", "float[2,3] a", "Shrink: a b -> a b"),
    ];

    private static CouplingLine[] Sequences =>
    [
        new("y = LSTM<hidden_size = 6>(x, w, r, b)", "float[T,B,5] x, float[1,24,5] w, float[1,24,6] r, float[1,48] b", "LSTM: 5|3|7 13|11|17 a, 1 4*b a, 1 4*b b, 1 8*b -> 5|3|7 1 13|11|17 b", 14),
        new("y, h = GRU<hidden_size = 6, direction = \"bidirectional\">(x, w, r)", "float[3,4,5] x, float[2,18,5] w, float[2,18,6] r", "GRU: 3 a b, 2 3*c b, 2 3*c c -> 3 2 a c, 2 a c"),
        new("y, h = RNN<hidden_size = 6, layout = 1>(x, w, r, b, , h0)", "float[4,3,5] x, float[1,6,5] w, float[1,6,6] r, float[1,12] b, float[4,1,6] h0", "RNN: a 3 b, 1 c b, 1 c c, 1 2*c, _, a 1 c -> a 3 1 c, a 1 c"),
        new("y = GroupNormalization<num_groups = 4>(x, s, b)", "float[2,8,5] x, float[4] s, float[4] b", "GroupNormalization: a b*c 5, b, b -> a b*c 5", 18),
        new("y = GroupNormalization<num_groups = 4>(x, s, b)", "float[2,8,5] x, float[8] s, float[8] b", "GroupNormalization: a b*c 5, b*c, b*c -> a b*c 5"),
        new("y = MeanVarianceNormalization(x)", "float[2,3,4,5] x", "MeanVarianceNormalization: a b c d -> a b c d"),
        new("y = LpNormalization<axis = 1>(x)", "float[2,3] x", "LpNormalization: a b -> a b"),
        new("y = RMSNormalization(x, s)", "float[2,3,8] x, float[8] s", "RMSNormalization: a b c, c -> a b c", 23),
        new("y = Swish(x)", "float[2,3] x", "Swish: a b -> a b", 24),
    ];
}
