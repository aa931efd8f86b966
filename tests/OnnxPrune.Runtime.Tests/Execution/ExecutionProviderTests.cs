using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Execution;

public class ExecutionProviderTests
{
    [Theory]
    [InlineData("cpu", "cpu", 0, "cpu")]
    [InlineData("cuda", "cuda", 0, "cuda:0")]
    [InlineData("cuda:1", "cuda", 1, "cuda:1")]
    public void Providers_are_parsed(string text, string name, int device, string printed)
    {
        var provider = ExecutionProvider.Parse(text);

        Assert.Equal((name, device, printed), (provider.Name, provider.Device, provider.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cpu:0")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1:2")]
    [InlineData("cuda:x")]
    public void What_is_no_provider_is_refused(string text)
    {
        var failure = Assert.Throws<OnnxPruneException>(() => ExecutionProvider.Parse(text));

        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
        Assert.Contains("use cpu, cuda or cuda:DEVICE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_is_missing_is_an_error_that_names_what_is_missing()
    {
        if (Cuda.Missing is null) return;
        var failure = Assert.Throws<OnnxPruneException>(() => ModelSession.Load(Cuda.SmallModel(), ExecutionProvider.Parse("cuda")));

        Assert.Equal(ErrorCodes.ProviderUnavailable, failure.Code);
        Assert.Matches("OnnxPrune.Tool.Gpu|NVIDIA driver", failure.Message);
    }

    [Fact]
    public void A_model_that_the_runtime_rejects_is_an_error()
    {
        var model = new OnnxModel(OnnxText.Parse("g (float[2,3] x) => (float[2,3] y) { y = NoSuchOperator (x) }"));

        Assert.Equal(ErrorCodes.RuntimeRejectedModel, Assert.Throws<OnnxPruneException>(() => ModelSession.Load(model, ExecutionProvider.Cpu)).Code);
    }

    [CudaFact]
    public void Resnet20_is_pruned_and_verified_on_CUDA()
    {
        var analysis = ModelAnalysis.Run(ModelFile.Load(RepositoryRoot.Model("resnet20-cifar10.onnx")));
        var masks = RandomMasks.Of(analysis, 1);

        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Parse("cuda"));

        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
        Assert.Equal("cuda:0", report.Provider);
    }
}
