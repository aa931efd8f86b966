using OnnxPrune.Model;

namespace OnnxPrune.Operators;

/// <summary>The table knows every operator of ai.onnx, with a rule or with a pin that says why.</summary>
public class OperatorSetTests
{
    /// <summary>Every operator of ai.onnx in opsets 7 to 25 (onnx/docs/Operators.md), and those deprecated on the way.</summary>
    private const string Names = """
        Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool
        BatchNormalization Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow
        Cast CastLike Ceil Celu CenterCropPad Clip Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum
        DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear
        Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor
        GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization
        HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf IsNaN
        LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool
        MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial
        Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad Pow
        QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal
        ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare
        RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign RotaryEmbedding Round
        STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap
        Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze
        StringConcat StringNormalizer StringSplit Sub Sum Swish Tan Tanh TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu
        Unique Unsqueeze Upsample Where Xor
        """;

    /// <summary>Operators that a runtime adds to ai.onnx.</summary>
    private static readonly string[] Added = ["SimplifiedLayerNormalization"];

    private static string[] Operators => Names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_operator_is_in_the_table() => Assert.Empty(Operators.Except(InTable()));

    [Fact]
    public void Nothing_is_in_the_table_that_is_no_operator() => Assert.Empty(InTable().Except(Operators).Except(Added));

    [Fact]
    public void The_newest_opset_is_served() =>
        Assert.All(Operators.Except(["Scatter", "Upsample"]), name =>
            Assert.NotNull(OperatorSet.Default.Find(new Node(0, new Onnx.NodeProto { OpType = name }, 25))));

    private static IEnumerable<string> InTable() => OperatorSet.Default.Entries.Where(e => e.Domain.Length == 0).Select(e => e.OpType);
}
