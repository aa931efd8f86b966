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

    private const long N = Operand.Batch;

    private static readonly long[] Opsets = [7, 9, 11, 13, 17, 18, 21, 23, 24];

    private static readonly IReadOnlyDictionary<string, Func<string, long, IEnumerable<OperatorCase>>> Families = All();

    /// <summary>The operators of the table that have rules, not just a pin.</summary>
    public static IEnumerable<OperatorEntry> Entries => OperatorTable.Entries.Where(e => e.Operator is not Pinned);

    /// <summary>The operators that have a family.</summary>
    public static IEnumerable<string> Operators => Families.Keys;

    /// <summary>The cases of one operator, at every opset that its entry covers.</summary>
    public static IReadOnlyList<OperatorCase> Of(OperatorEntry entry, int most)
    {
        var opsets = Opsets.Where(o => o >= entry.FirstOpset && o <= entry.LastOpset);
        OperatorCase[] cases = [.. opsets.SelectMany(opset => Families[entry.OpType](entry.OpType, opset))];
        new Random(17).Shuffle(cases);
        return cases.Take(most).ToList();
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
        Add(Unary, "Tan", "Tanh", "ThresholdedRelu", "Dropout");
        Add(Clip, "Clip");
        Add(Cast, "Cast");
        Add(CastLike, "CastLike");
        Add(Binary, "Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Mod", "And", "Or", "Xor", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual");
        Add(Variadic, "Max", "Min", "Mean", "Sum");
        Add(Where, "Where");
        Add(Pool, "AveragePool", "MaxPool", "LpPool");
        Add(OnImages, "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", "LRN");
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
        return all;
    }

    private static OperatorCase Case(string op, long opset, IReadOnlyList<Operand> operands, params AttributeProto?[] attributes) =>
        new(op, opset, operands, attributes.OfType<AttributeProto>().ToList());
}
