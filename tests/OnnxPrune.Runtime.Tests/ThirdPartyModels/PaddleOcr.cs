using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.ThirdPartyModels;

/// <summary>The PP-OCRv4 models that build/ThirdPartyModels restores before the tests are built.</summary>
internal static class PaddleOcr
{
    public const string Detector = "ch_PP-OCRv4_det_infer.onnx";
    public const string Recogniser = "ch_PP-OCRv4_rec_infer.onnx";
    public const string Classifier = "ch_ppocr_mobile_v2.0_cls_infer.onnx";

    /// <summary>Why the tests on these models cannot run, or null.</summary>
    public static string? Missing { get; } = Array.TrueForAll([Detector, Recogniser, Classifier], file => File.Exists(Path(file))) ? null : Reason();

    public static string Path(string file) => System.IO.Path.Combine(RepositoryRoot.Path, "artifacts", "pp-ocr", file);

    private static string Reason() =>
        File.Exists(Path("missing.txt")) ? File.ReadAllText(Path("missing.txt")).Trim() : "the PP-OCRv4 models are restored when the tests are built";
}
