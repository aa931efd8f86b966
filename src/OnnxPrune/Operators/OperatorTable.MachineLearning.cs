using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <content>Operators of ai.onnx.ml that exporters of classic models put around networks.</content>
internal static partial class OperatorTable
{
    private const string MachineLearning = "ai.onnx.ml";

    private static OperatorEntry[] Classic =>
    [
        new(MachineLearning, "ArrayFeatureExtractor", 1, Newest, new ArrayFeatureExtractor()),
        new(MachineLearning, "Binarizer", 1, Newest, new ElementwiseUnary(keepsZero: false, jump: Jump.Selection, signs: SignRules.NotNegative)),
        new(MachineLearning, "Imputer", 1, Newest, new Imputer()),
        new(MachineLearning, "Normalizer", 1, Newest, new FeatureNormalizer()),
        new(MachineLearning, "Scaler", 1, Newest, new Scaler()),
        new(MachineLearning, "ZipMap", 1, Newest, new Pinned("makes maps of numbers", sizes: PinnedSizes.OfSequence)),
    ];
}
