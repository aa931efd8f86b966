using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>A topology whose operators the runtime's own optimizer has fused is pruned as much as it was before, and verified.</summary>
public class OptimizedZooTests
{
    [Theory]
    [InlineData("bert_small", "BiasGelu")]
    [InlineData("gpt2_small", "LayerNormalization")]
    [InlineData("llama_small", "QuickGelu")]
    [InlineData("resnet18", "FusedConv")]
    public void Fused_operators_cost_no_coverage(string name, string fused) => Check(name, fused);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("mobilenet_v3_large", "FusedConv")]
    [InlineData("convnext_tiny", "BiasGelu")]
    public void Fused_operators_cost_no_coverage_in_larger_topologies(string name, string fused) => Check(name, fused);

    private static void Check(string name, string fused)
    {
        var original = Testing.Zoo.Load(name);
        var optimized = Optimized(original);
        Assert.Contains(fused, optimized.Proto.Graph.Node.Select(n => n.OpType));

        var analysis = ModelAnalysis.Run(optimized);
        Assert.DoesNotContain(analysis.Warnings, w => w.Code == ErrorCodes.UnknownOperator);
        double before = Coverage.Of(ModelAnalysis.Run(original), g => g.IsExact).Parameters;
        Assert.True(
            Coverage.Of(analysis, g => g.IsExact).Parameters > before - 0.005,
            $"{Coverage.Of(analysis, g => g.IsExact).Parameters:p2} instead of {before:p2}");

        var plan = Planner.Plan(
            analysis, new PruneOptions { Budget = Budget.Parse("channels=50%"), Allocation = new AllocationOptions(Scope.Local) });
        var kept = plan.Cut;
        var report = Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}");
    }

    private static OnnxModel Optimized(OnnxModel model)
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(model, folder.File("original.onnx"));
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            OptimizedModelFilePath = folder.File("optimized.onnx"),
        };
        using (new InferenceSession(folder.File("original.onnx"), options))
            return new OnnxModel(Onnx.ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("optimized.onnx"))));
    }
}
