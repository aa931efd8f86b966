using OnnxPrune.Runtime.Tests.ThirdPartyModels;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

public class PrunedModelTests
{
    [Fact]
    public void Resnet20_keeps_the_contract() => Contract(RepositoryRoot.Model("resnet20-cifar10.onnx"), "70%", "50%", "30%");

    [PaddleOcrTheory]
    [InlineData(PaddleOcr.Detector)]
    [InlineData(PaddleOcr.Classifier)]
    public void PP_OCR_keeps_the_contract(string file) => Contract(PaddleOcr.Path(file), "70%", "50%", "30%");

    [PaddleOcrFact]
    public void The_PP_OCR_recogniser_keeps_the_contract() => Contract(PaddleOcr.Path(PaddleOcr.Recogniser), "50%");

    private static void Contract(string model, params string[] budgets)
    {
        using var contract = new PruningContract(model);
        contract.HoldsAt(budgets);
    }
}
