using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Shapes;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Symbolic dimensions that must have a certain size, or more than that, before the model runs.</summary>
public class SizeBoundTests
{
    private const string Head = "<float[32,1,4] a = normal 0.3, float[8,32,1] b = normal 0.3, int64[1] one = {1}";

    [Fact]
    public void A_mirrored_pad() => ModelText.Verified(
        $$"""
        g (float[batch,sequence] x) => (float[batch,8,rest] y) {{Head}}, int64[4] pads = {0, 0, 0, 64}>
        { p = Pad <mode = "reflect"> (x, pads)  u = Unsqueeze (p, one)  h = Conv <strides = [4]> (u, a)  r = Relu (h)  y = Conv (r, b) }
        """);

    [Fact]
    public void A_window_of_a_transform_in_the_short_time() => ModelText.Verified(
        """
        g (float[batch,samples] x) => (float[batch,frames,4] y)
        <float[201,32] a = normal 0.3, float[32,4] b = normal 0.3, int64 step = {160}, float[400] window = uniform 0.1 1, int64[1] two = {2}, int64[1] last = {-1}>
        {
            u = Unsqueeze (x, two)  s = STFT (u, step, window)  q = Mul (s, s)  p = ReduceSum <keepdims = 0> (q, last)
            h = MatMul (p, a)  r = Relu (h)  y = MatMul (r, b)
        }
        """);

    [Fact]
    public void A_long_kernel() => ModelText.Verified(
        $$"""
        g (float[batch,1,time] x) => (float[batch,8,rest] y)
        <float[32,1,700] a = normal 0.1, float[8,32,1] b = normal 0.3>
        { h = Conv <strides = [100]> (x, a)  r = Relu (h)  y = Conv (r, b) }
        """);

    [Fact]
    public void A_batch_of_one() => ModelText.Verified(
        """
        g (float[batch,5,6] x) => (float[1,5,4] y)
        <float[6,16] a = normal 0.5, float[16,4] b = normal 0.5, int64[3] target = {1, 5, 16}>
        { h = MatMul (x, a)  s = Reshape (h, target)  r = Relu (s)  y = MatMul (r, b) }
        """);

    [Fact]
    public void A_layer_that_takes_one_number_of_features() => ModelText.Verified(
        """
        g (float[batch,features] x) => (float[batch,4] y)
        <float[10,16] a = normal 0.5, float[16] b = normal 0.2, float[16,4] c = normal 0.5>
        { h = Gemm (x, a, b)  r = Relu (h)  y = MatMul (r, c) }
        """);

    [Fact]
    public void Two_bounds_of_two_symbols() => ModelText.Verified(
        $$"""
        g (float[batch,1,time] x, float[batch,width,6] z) => (float[batch,8,rest] y, float[batch,wide,4] v)
        {{Head}}, int64[6] pads = {0, 0, 0, 0, 0, 300}, int64[6] more = {0, 40, 0, 0, 0, 0}, float[6,16] c = normal 0.5, float[16,4] d = normal 0.5>
        {
            p = Pad <mode = "reflect"> (x, pads)  h = Conv <strides = [4]> (p, a)  r = Relu (h)  y = Conv (r, b)
            q = Pad <mode = "reflect"> (z, more)  i = MatMul (q, c)  s = Relu (i)  v = MatMul (s, d)
        }
        """);

    // The shape rule of Gather does not look at the indices: only the runtime knows that positions are missing.
    private const string Late = """
        g (float[batch,time,6] x) => (float[batch,1,4] y)
        <float[6,16] a = normal 0.5, float[16,4] b = normal 0.5, int64[1] late = {POSITION}>
        { h = MatMul (x, a)  r = Relu (h)  p = Gather <axis = 1> (r, late)  y = MatMul (p, b) }
        """;

    [Theory]
    [InlineData(50)]
    [InlineData(900)]
    [InlineData(5000)]
    public void A_position_that_only_long_inputs_have(int position) =>
        ModelText.Verified(Late.Replace("POSITION", $"{position}", StringComparison.Ordinal));

    [Fact]
    public void Where_no_size_runs_the_error_says_that_sizes_are_invented_and_how_to_name_them()
    {
        var analysis = ModelText.Analyse(Late.Replace("POSITION", "9000000", StringComparison.Ordinal));
        var cut = RandomMasks.Of(analysis, 0);
        var e = Assert.Throws<OnnxPruneException>(() => Verifier.Verify(Rewriter.Prune(cut), cut, ExecutionProvider.Cpu));
        Assert.Equal(ErrorCodes.RuntimeRejectedModel, e.Code);
        Assert.Contains("invented", e.Message, StringComparison.Ordinal);
        Assert.Contains("--dim time=SIZE", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_runs_at_the_size_that_a_user_names()
    {
        var analysis = ModelAnalysis.Run(
            new OnnxModel(OnnxText.Parse(Late.Replace("POSITION", "3", StringComparison.Ordinal))), new Dictionary<string, long> { ["time"] = 37 });
        var cut = RandomMasks.Of(analysis, 0);
        var report = Verifier.Verify(Rewriter.Prune(cut), cut, ExecutionProvider.Cpu);
        Assert.Equal(Verdict.Verified, report.Verdict);
        Assert.Contains(report.Runs, run => run.Inputs["x"].SequenceEqual([2L, 37, 6]));
        Assert.Contains(report.Runs, run => !run.Inputs["x"].Contains(37));
    }

    // 20,011 samples: none of the sizes that are tried without being named.
    [Fact]
    public async Task The_sizes_of_calibration_data_reach_the_analysis_and_verification()
    {
        using var folder = new TemporaryFolder();
        string data = folder.File("x.npy");
        ArrayFiles.Write(data, [16, 20011], new float[16 * 20011].Select((_, i) => MathF.Sin(i * 0.37f)).ToArray());
        var model = new OnnxModel(OnnxText.Parse(
            $$"""
            g (float[batch,sequence] x) => (float[batch,8,n] y) {{Head}}, int64[4] pads = {0, 0, 0, 20000}, int64[3] target = {-1, 1, 40011}>
            { p = Pad <mode = "reflect"> (x, pads)  u = Reshape (p, target)  h = Conv <strides = [40]> (u, a)  r = Relu (h)  y = Conv (r, b) }
            """));
        var result = await PruningRun.RunAsync(model, new PruningOptions { Budget = Budget.Parse("channels=50%"), Calibration = data });
        Assert.Equal(Verdict.Verified, result.Verification!.Verdict);
        Assert.Contains(result.Verification.Runs, run => run.Inputs["x"][1] == 20011);

        Assert.Equal(20011, result.Decision.Options.Dimensions["sequence"]);
        var again = await PruningRun.RunAsync(model, new PruningOptions { Plan = result.ToPlan(), Recover = "none" });
        Assert.Equal(Verdict.Verified, again.Verification!.Verdict);
    }

    [Theory]
    [InlineData("batch", 6)]
    [InlineData("1", 6)]
    [InlineData("2", 6)]
    public void Samples_may_be_counted_along_another_axis_than_the_first(string batch, int samples)
    {
        using var folder = new TemporaryFolder();
        ArrayFiles.Write(folder.File("h0.npy"), [2, samples, 5], [.. Enumerable.Range(0, 2 * samples * 5).Select(i => (float)i)]);
        ArrayFiles.Write(folder.File("x.npy"), [samples, 3], new float[samples * 3]);
        var analysis = ModelText.Analyse($"g (float[2,{batch},5] h0, float[{batch},3] x) => (float[2,{batch},5] y) {{ r = Relu (h0)  y = Neg (r) }}");
        var set = CalibrationSet.Load(folder.Path, analysis, null, 0);
        Assert.Equal(samples, set.Samples);
        long size = batch == "batch" ? samples : long.Parse(batch, System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(set.Batches, b => Assert.Equal([2, size, 5], b["h0"].Dims));
        Assert.All(set.Batches, b => Assert.Equal([size, 3], b["x"].Dims));
        // The second sample of the first batch, or that of the second batch: element [0, 1, 0].
        Assert.Equal(5, size > 1 ? set.Batches[0]["h0"].ToDoubles()[5] : set.Batches[1]["h0"].ToDoubles()[0]);
    }

    [Theory]
    [InlineData("STFT", 17, "float[b,2000,1] x, int64 step = {160}, float[400] w = normal 1", "(x, step, w)")]
    [InlineData("STFT", 17, "float[b,2000,1] x, int64 step = {100}, int64 n = {256}", "<onesided = 0> (x, step, , n)")]
    [InlineData("STFT", 17, "float[b,999,1] x, int64 step = {64}, float[128] w = normal 1, int64 n = {128}", "(x, step, w, n)")]
    [InlineData("DFT", 17, "float[b,64,1] x", "(x)")]
    [InlineData("DFT", 17, "float[b,64,2] x", "<inverse = 1> (x)")]
    [InlineData("DFT", 17, "float[b,6,64,1] x", "<axis = 2, onesided = 1> (x)")]
    [InlineData("DFT", 20, "float[b,6,64,1] x, int64 n = {48}, int64 axis = {-2}", "<onesided = 1> (x, n, axis)")]
    [InlineData("DFT", 20, "float[b,6,64,1] x", "(x)")]
    public void Transforms_have_the_shapes_of_the_runtime(string op, int opset, string operands, string call)
    {
        var parts = operands.Split(", ", 2);
        string initializers = parts.Length > 1 ? $"<{parts[1]}>" : "";
        var model = OnnxText.Parse($"<ir_version: 10, opset_import: [\"\" : {opset}]> g ({parts[0]}) => (float y) {initializers} {{ z = {op} {call}  y = Neg (z) }}");
        model.Graph.Output[0].Type.TensorType.Shape = null;
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        var inferred = analysis.Shapes[analysis.Graph.Outputs.First()].Shape!;
        using var session = ModelSession.Load(new OnnxModel(model), ExecutionProvider.Cpu);
        for (int valuation = 0; valuation < Size.Deciding; valuation++)
        {
            var inputs = InputGenerator.Create(analysis, input => [.. analysis.Shapes[input].Shape!.Select(size => size[valuation])], 1);
            Assert.Equal(session.Run(inputs)[0].Dims, inferred.Select(size => size[valuation]));
        }
    }
}
