using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Benchmarks;

/// <summary>
/// The time from a model in memory to its groups and costs, in a process of its own each time, as a build or a command has it. It must grow
/// linearly: the column Ratio of the network that is ten times deeper must stay below 12.
/// </summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 5, iterationCount: 1)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams)]
public class AnalysisTime
{
    private OnnxModel shallow = null!;
    private OnnxModel deep = null!;

    /// <summary>The kind of block that is repeated.</summary>
    [ParamsAllValues]
    public BlockKind Block { get; set; }

    /// <summary>Builds the two networks, and loads the code by analysing a small one.</summary>
    [GlobalSetup]
    public void Build()
    {
        shallow = DeepNetwork.Of(Block, 500);
        deep = DeepNetwork.Of(Block, 5000);
        ModelAnalysis.Run(DeepNetwork.Of(Block, 50));
    }

    /// <summary>500 blocks.</summary>
    [Benchmark(Baseline = true)]
    public int Shallow() => ModelAnalysis.Run(shallow).Groups.Count;

    /// <summary>5,000 blocks.</summary>
    [Benchmark]
    public int TenTimesDeeper() => ModelAnalysis.Run(deep).Groups.Count;
}
