using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Benchmarks;

/// <summary>
/// The time from a model in memory to its groups and costs. It must grow linearly: the column Ratio of the network that is ten times
/// deeper must stay below 12.
/// </summary>
[Config(typeof(OneProcess))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams)]
public class AnalysisTime
{
    private OnnxModel shallow = null!;
    private OnnxModel deep = null!;

    /// <summary>The kind of block that is repeated.</summary>
    [ParamsAllValues]
    public BlockKind Block { get; set; }

    /// <summary>Builds the two networks.</summary>
    [GlobalSetup]
    public void Build()
    {
        shallow = DeepNetwork.Of(Block, 200);
        deep = DeepNetwork.Of(Block, 2000);
    }

    /// <summary>200 blocks.</summary>
    [Benchmark(Baseline = true)]
    public int Shallow() => ModelAnalysis.Run(shallow).Groups.Count;

    /// <summary>2,000 blocks.</summary>
    [Benchmark]
    public int TenTimesDeeper() => ModelAnalysis.Run(deep).Groups.Count;

    private sealed class OneProcess : ManualConfig
    {
        public OneProcess() => AddJob(Job.Default.WithWarmupCount(4).WithIterationCount(12).WithToolchain(InProcessEmitToolchain.Instance));
    }
}
