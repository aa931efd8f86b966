using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Benchmarking;

public class LatencyComparisonTests
{
    private static readonly LatencyOptions Short = new() { Runs = 40 };

    // Sixty times the work: a margin that no noise bridges.
    [Fact]
    public void A_much_smaller_model_is_much_faster()
    {
        var result = LatencyComparison.Run(Perceptron(2048), Perceptron(32), Short, ExecutionProvider.Cpu);

        Assert.InRange(result.Ratio!.Median, 0, 0.5);
        Assert.True(result.Ratio.High < 1);
        Assert.InRange(result.Other!.Runs, 40, 40 + (2 * 64));
        Assert.Equal([1L, 512], result.Inputs["x"]);
        Assert.Equal(("cpu", 1), (result.Provider, result.Threads));
    }

    [Fact]
    public void One_model_has_times_and_no_ratio()
    {
        var result = LatencyComparison.Run(Perceptron(32), Short with { Batch = 7, Threads = 2 }, ExecutionProvider.Cpu);

        Assert.Null(result.Ratio);
        Assert.Null(result.Other);
        Assert.InRange(result.Original.Median, 1e-6, 1e4);
        Assert.Equal([7L, 512], result.Inputs["x"]);
    }

    [Fact]
    public void A_size_that_is_asked_for_is_used() =>
        Assert.Equal(
            [3L, 512],
            LatencyComparison.Run(
                Perceptron(8), Short with { Dimensions = new Dictionary<string, long> { ["N"] = 3 } }, ExecutionProvider.Cpu).Inputs["x"]);

    [Fact]
    public void A_model_that_does_not_run_at_nominal_sizes_is_timed_at_others()
    {
        // A size of 128, as sequences have it, does not split into blocks of 13.
        var model = Parse("g (float[N,S] x) => (float[N,M,13] y) { shape = Constant <value = int64[3] {0, -1, 13}> ()  y = Reshape (x, shape) }");

        Assert.Equal([1L, 13], LatencyComparison.Run(model, Short, ExecutionProvider.Cpu).Inputs["x"]);
    }

    [Fact]
    public void Models_with_other_inputs_cannot_be_compared() =>
        Fails(ErrorCodes.CannotBeTimed, Perceptron(8), Parse("g (float[N,512] image) => (float[N,512] y) { y = Relu (image) }"));

    [Fact]
    public void Inputs_that_cannot_be_made_up_cannot_be_timed() =>
        Fails(ErrorCodes.CannotBeTimed, Parse("g (string[N] x) => (string[N] y) { y = Identity (x) }"), Perceptron(8));

    [Fact]
    public void A_fixed_batch_is_not_changed()
    {
        var model = Parse("g (float[1,4] x) => (float[1,4] y) { y = Relu (x) }");

        Assert.Equal(
            ErrorCodes.InvalidOption,
            Assert.Throws<OnnxPruneException>(() => LatencyComparison.Run(model, Short with { Batch = 8 }, ExecutionProvider.Cpu)).Code);
    }

    private static void Fails(string code, OnnxModel model, OnnxModel other) =>
        Assert.Equal(code, Assert.Throws<OnnxPruneException>(() => LatencyComparison.Run(model, other, Short, ExecutionProvider.Cpu)).Code);

    private static OnnxModel Perceptron(int hidden) => Parse($$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,512] x) => (float[N,512] y)
        <float[512,{{hidden}}] a = normal 0.1, float[{{hidden}},512] b = normal 0.1> { h = MatMul (x, a)  r = Relu (h)  y = MatMul (r, b) }
        """);

    private static OnnxModel Parse(string text) => new(OnnxText.Parse(text));
}
