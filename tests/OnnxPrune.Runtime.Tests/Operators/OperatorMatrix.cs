using System.Collections.Concurrent;
using Onnx;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <summary>
/// The matrix of nodes to try for every operator of the table: families of operators, each the product of its attributes, operand
/// shapes and opsets. Products larger than asked for are sampled, always the same way.
/// </summary>
internal static partial class OperatorMatrix
{
    /// <summary>Cases tried per operator in the normal run.</summary>
    public const int Few = 12;

    /// <summary>Cases tried per operator in the long run.</summary>
    public const int Many = 300;

    /// <summary>Cases made once for all tests of an operator.</summary>
    public const int Kept = 60;

    private const long N = Operand.Batch;

    private static readonly long[] Opsets = [.. Enumerable.Range(7, 19)];

    private static readonly IReadOnlyDictionary<string, Func<string, long, IEnumerable<OperatorCase>>> Families = All();

    // The first cases of every operator, which several tests try: some families are products of a hundred thousand.
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<OperatorCase>>> FirstCases = new(StringComparer.Ordinal);

    /// <summary>The operators of the table that have rules, not just a pin.</summary>
    public static IEnumerable<OperatorEntry> Entries => OperatorSet.Default.Entries.Where(e => e.Operator is not Pinned);

    /// <summary>The operators that have a family.</summary>
    public static IEnumerable<string> Operators => Families.Keys;

    /// <summary>The cases of one operator, at every opset that its entry covers, in turn.</summary>
    public static IReadOnlyList<OperatorCase> Of(OperatorEntry entry, int most) =>
        most > Kept ? Sampled(entry, most) : [.. FirstCases.GetOrAdd(entry.Name, _ => new(() => Sampled(entry, Kept))).Value.Take(most)];

    private static List<OperatorCase> Sampled(OperatorEntry entry, int most)
    {
        long[] opsets = entry.Domain.Length > 0 ? [17, 21] : [.. Opsets.Where(o => o >= entry.FirstOpset && o <= entry.LastOpset)];
        var random = new Random(17);
        random.Shuffle(opsets);
        return opsets.SelectMany(opset => Shuffled(Families[entry.Name](entry.Name, opset), random).Index())
            .OrderBy(c => c.Index).Select(c => c.Item).Take(most).ToList();
    }

    /// <summary>True for operators that the runtime knows, and does not implement for processors.</summary>
    public static bool IsUnimplemented(string name) => name is "com.microsoft.BiasAdd" or "com.microsoft.BiasSplitGelu" or "com.microsoft.GemmFastGelu" or "com.microsoft.GroupNorm" or "com.microsoft.NhwcConv";

    private static OperatorCase[] Shuffled(IEnumerable<OperatorCase> cases, Random random)
    {
        OperatorCase[] shuffled = [.. cases];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static Dictionary<string, Func<string, long, IEnumerable<OperatorCase>>> All()
    {
        var all = new Dictionary<string, Func<string, long, IEnumerable<OperatorCase>>>(StringComparer.Ordinal);
        void Add(Func<string, long, IEnumerable<OperatorCase>> family, params string[] operators)
        {
            foreach (string op in operators) all.Add(op, family);
        }
        Add(Unary, "Abs", "Acos", "Asin", "Atan", "Ceil", "Celu", "Cos", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Identity");
        Add(Unary, "LeakyRelu", "Log", "Mish", "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Sqrt");
        Add(Unary, "Tan", "Tanh", "ThresholdedRelu");
        Add(Dropout, "Dropout");
        Add(Clip, "Clip");
        Add(Cast, "Cast");
        Add(CastLike, "CastLike");
        Add(Binary, "Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Mod", "And", "Or", "Xor", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual");
        Add(Variadic, "Max", "Min", "Mean", "Sum");
        Add(Where, "Where");
        Add(Pool, "AveragePool", "MaxPool", "LpPool");
        Add(OnImages, "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool");
        Add(Lrn, "LRN");
        Add(Conv, "Conv");
        Add(ConvTranspose, "ConvTranspose");
        Add(Gemm, "Gemm");
        Add(MatMul, "MatMul");
        Add(BatchNormalization, "BatchNormalization");
        Add(InstanceNormalization, "InstanceNormalization");
        Add(LayerNormalization, "LayerNormalization");
        Add(AlongAxis, "Softmax", "LogSoftmax", "Hardmax", "Flatten", "ArgMax", "ArgMin");
        Add(TopK, "TopK");
        Add(Reduce, "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare");
        Add(Concat, "Concat");
        Add(Split, "Split");
        Add(Slice, "Slice");
        Add(Pad, "Pad");
        Add(Reshape, "Reshape");
        Add(Squeeze, "Squeeze");
        Add(Unsqueeze, "Unsqueeze");
        Add(Transpose, "Transpose");
        Add(Expand, "Expand");
        Add(Tile, "Tile");
        Add(Gather, "Gather");
        Add(Blocks, "DepthToSpace", "SpaceToDepth");
        Add(Resize, "Resize");
        Add(Upsample, "Upsample");
        Add(ShapeOf, "Shape", "Size");
        Add(ConstantOfShape, "ConstantOfShape");
        Add(RangeOf, "Range");
        Add(Constant, "Constant");
        Add(Unary, "Acosh", "Asinh", "Atanh", "Cosh", "Sinh", "IsInf", "IsNaN", "Shrink", "Swish");
        Add(GatherElements, "GatherElements");
        Add(GatherND, "GatherND");
        Add(ReverseSequence, "ReverseSequence");
        Add(ScatterElements, "Scatter", "ScatterElements");
        Add(ScatterND, "ScatterND");
        Add(CumSum, "CumSum");
        Add(Trilu, "Trilu");
        Add(OneHot, "OneHot");
        Add(Einsum, "Einsum");
        Add(Recurrent, "LSTM", "GRU", "RNN");
        Add(GroupNormalization, "GroupNormalization");
        Add(RootMeanSquare, "RMSNormalization");
        Add(MeanVariance, "MeanVarianceNormalization");
        Add(LpNormalization, "LpNormalization");
        Add(RoiAlign, "RoiAlign");
        Add(GridSample, "GridSample");
        Add(Bits, "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor");
        Add(BitsOfOne, "BitwiseNot");
        Add(QuantizeLinear, "QuantizeLinear");
        Add(DequantizeLinear, "DequantizeLinear");
        Add(DynamicQuantizeLinear, "DynamicQuantizeLinear");
        Add(IntegerConv, "QLinearConv", "ConvInteger");
        Add(IntegerMatMul, "QLinearMatMul", "MatMulInteger");
        Add(Attention, "Attention");
        Add(RotaryEmbedding, "RotaryEmbedding");
        Add(CenterCropPad, "CenterCropPad");
        Add(TensorScatter, "TensorScatter");
        Add(DeformConv, "DeformConv");
        Add(RootMeanSquare, "SimplifiedLayerNormalization");
        AddContributed(Add);
        AddContributedQuantized(Add);
        AddClassic(Add);
        return all;
    }

    private static OperatorCase Case(string op, long opset, IReadOnlyList<Operand> operands, params AttributeProto?[] attributes) =>
        new(op, opset, operands, attributes.OfType<AttributeProto>().ToList());
}
