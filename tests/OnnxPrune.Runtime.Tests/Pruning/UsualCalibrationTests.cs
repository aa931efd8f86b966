using OnnxPrune.Importance;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>A run that names no calibration works with synthetic samples where the model runs on them, and says how far the outputs moved.</summary>
public class UsualCalibrationTests
{
    private const string Header = """<ir_version: 8, opset_import: ["" : 17, "acme" : 1]>""";

    private static readonly OnnxModel Classifier = Model("""
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[16,3,3,3] a = normal 0.3, float[16] p = normal 0.2, float[24,16,3,3] b = normal 0.2, float[24,5] c = normal 0.3>
        { h = Conv <pads: ints = [1,1,1,1]> (x, a, p)  r = Relu (h)  i = Conv (r, b)  s = Relu (i)  t = GlobalAveragePool (s)
          f = Flatten (t)  y = MatMul (f, c) }
        """);

    [Fact]
    public async Task Samples_choose_and_recover_unless_weights_alone_are_asked_for()
    {
        var usual = await PruningRun.RunAsync(Classifier, new PruningOptions { Budget = "macs=50%", Samples = 128 });
        Assert.Equal(("obs", "auto", "synthetic"), (usual.Decision.Options.Criterion, usual.Decision.Options.Recover, usual.Decision.Options.Calibration?.Source));
        Assert.NotNull(usual.Recovery);

        var weights = await PruningRun.RunAsync(Classifier, new PruningOptions { Budget = "macs=50%", Calibration = PruningOptions.NoCalibration });
        Assert.Equal(("l2", "none", null), (weights.Decision.Options.Criterion, weights.Decision.Options.Recover, weights.Decision.Options.Calibration));
        Assert.Null(weights.Recovery);

        Assert.Equal("synthetic", weights.OutputChange!.Source);
        Assert.InRange(usual.OutputChange!.VarianceShare, 0, weights.OutputChange.VarianceShare);
    }

    [Fact]
    public async Task What_a_criterion_of_weights_chose_is_recovered()
    {
        var options = new PruningOptions { Budget = "macs=50%", Criterion = CriterionTable.Named("l1"), Samples = 64 };
        var result = await PruningRun.RunAsync(Classifier, options);
        Assert.Equal(("l1", "auto"), (result.Decision.Options.Criterion, result.Decision.Options.Recover));

        var weights = await PruningRun.RunAsync(Classifier, options with { Recover = "none" });
        Assert.Null(weights.Decision.Options.Calibration);
        Assert.Null(weights.Recovery);
        Assert.True(weights.OutputChange!.Samples > 0);
    }

    [Fact]
    public async Task A_plan_gives_the_same_weights()
    {
        var result = await PruningRun.RunAsync(Classifier, new PruningOptions { Budget = "macs=50%", Samples = 64 });
        var again = await PruningRun.RunAsync(Classifier, new PruningOptions { Plan = result.ToPlan() });
        Assert.Equal(Bytes(result.Model), Bytes(again.Model));
        Assert.Equal(result.OutputChange, again.OutputChange);
    }

    [Theory]
    [InlineData("g (float[N,8] x) => (float[N,4] y) <float[8,16] a = normal 0.3, float[16,4] b = normal 0.3> { h = MatMul (x, a)  s = acme.Act (h)  y = MatMul (s, b) }")]
    [InlineData("""
        g (float[N,8] x, float[4,8] k) => (float[N,4] y) <float[8,16] a = normal 0.3, float[16,4] b = normal 0.3>
        { h = MatMul (x, a)  s = Relu (h)  z = MatMul (s, b)  w = acme.Norm (k)  q = ReduceSum <keepdims = 0> (w)  y = Add (z, q) }
        """)]
    public async Task Where_the_model_does_not_run_the_weights_alone_choose_and_a_note_says_so(string network)
    {
        var operators = OperatorSet.Default.With(node => node.Domain == "acme" ? new Elementwise() : null);
        var result = await PruningRun.RunAsync(Model(network), new PruningOptions { Budget = "channels=50%", Operators = operators });
        Assert.Equal(("l2", "none", null), (result.Decision.Options.Criterion, result.Decision.Options.Recover, result.Decision.Options.Calibration));
        Assert.Contains(result.Notes, n => n.StartsWith("the weights alone chose the channels, and nothing was recovered, because ", StringComparison.Ordinal));
        Assert.Null(result.OutputChange);
        Assert.Equal(Verdict.Verified, result.Verification!.Verdict);
    }

    [Theory]
    [InlineData("float[N,3,3037000500,64] x", "float[N,16,3037000500,64] y", "Conv")]
    [InlineData("float[N,3,65536,65536] x", "float[N,16,65536,65536] y", "Conv")]
    [InlineData("float[N,1073741824,16] x", "float[N,1073741824,16] y", "MatMul")]
    public async Task Samples_too_large_to_be_made_are_not_made(string input, string output, string layer)
    {
        string weights = layer == "Conv" ? "float[16,3,1,1] a = normal 0.3, float[16,16,1,1] b = normal 0.3" : "float[16,16] a = normal 0.3, float[16,16] b = normal 0.3";
        var options = new PruningOptions { Budget = "channels=50%", Verification = VerificationEffort.None };
        var result = await PruningRun.RunAsync(Model($"g ({input}) => ({output}) <{weights}> {{ h = {layer} (x, a)  r = Relu (h)  y = {layer} (r, b) }}"), options);
        Assert.Contains(result.Notes, n => n.Contains("which is too large", StringComparison.Ordinal));
    }

    // ONNX Runtime normalises every position by statistics of its own, where these have more axes than one.
    [Fact]
    public async Task Normalizations_with_statistics_of_every_position_keep_them()
    {
        var result = await PruningRun.RunAsync(new OnnxModel(OnnxText.Parse("""
            <ir_version: 4, opset_import: ["" : 8]>
            g (float[N,3,4,4] x) => (float[N,5,4,4] y)
            <float[8,3,1,1] a = normal 0.3, float[5,8,1,1] b = normal 0.3, float[5,4,4] s = uniform 0.5 1.5, float[5,4,4] m = normal 0.1, float[5,4,4] v = uniform 0.5 1.5>
            { h = Conv (x, a)  r = Relu (h)  k = Conv (r, b)  y = BatchNormalization <spatial = 0> (k, s, m, m, v) }
            """)), new PruningOptions { Budget = "channels=50%", Samples = 16 });
        Assert.Equal(["a[0]"], result.Cut.Groups.Select(g => g.Id));
        Assert.NotNull(result.OutputChange);
    }

    [Theory]
    [InlineData("obs", null, 1, "the criterion obs")]
    [InlineData("act-norm", null, 1, "the criterion act-norm")]
    [InlineData(null, "bn", 1, "recovery")]
    [InlineData("l2", "auto", 1, "recovery")]
    [InlineData(null, null, 2, "pruning in steps")]
    public async Task What_needs_samples_contradicts_none(string? criterion, string? recover, int steps, string what)
    {
        var options = new PruningOptions
        {
            Budget = "macs=50%",
            Calibration = PruningOptions.NoCalibration,
            Criterion = criterion is null ? null : CriterionTable.Named(criterion),
            Recover = recover,
            Steps = steps,
        };
        var error = await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(Classifier, options));
        Assert.Equal((ErrorCodes.InvalidOption, $"{what} needs calibration samples, which --calibration none excludes"), (error.Code, error.Message));
    }

    // 40 MMACs: all is affordable. 4 GMACs: fewer samples, and no measurement of groups. 400 GMACs: the least.
    [Theory]
    [InlineData(32, "obs", 1024, 128)]
    [InlineData(320, "l2", 72, 32)]
    [InlineData(3200, "l2", 4, 32)]
    public void The_work_is_bounded_by_the_cost_of_the_model(int size, string criterion, int samples, int measured)
    {
        var analysis = ModelAnalysis.Run(Model($$"""
            g (float[N,3,{{size}},{{size}}] x) => (float[N,8,{{size}},{{size}}] y)
            <float[64,3,3,3] a = normal 0.3, float[64,64,3,3] b = normal 0.2, float[8,64,1,1] c = normal 0.3>
            { h = Conv <pads: ints = [1,1,1,1]> (x, a)  r = Relu (h)  i = Conv <pads: ints = [1,1,1,1]> (r, b)  s = Relu (i)  y = Conv (s, c) }
            """));
        var usual = UsualCalibration.Of(analysis);
        Assert.Equal((criterion, measured), (usual.Criterion.Name, usual.Measured));
        Assert.InRange(usual.Samples, samples / 8, samples);
    }

    [Theory]
    [InlineData("images.npy", 0.9, 0.95, false)]
    [InlineData("images.npy", 0.1, 0.85, true)]
    [InlineData("images.npy", 0.19, null, false)]
    [InlineData("images.npy", 0.21, null, true)]
    [InlineData("synthetic", 0.49, null, false)]
    [InlineData("synthetic", 0.51, null, true)]
    public void A_large_change_is_warned_of(string source, double share, double? agreement, bool isLarge) =>
        Assert.Equal(isLarge, new OutputChange(source, 64, share, agreement).IsLarge);

    [Fact]
    public void A_change_is_a_sentence()
    {
        Assert.Equal("the outputs changed by 12.3% of their variance on 64 synthetic samples", new OutputChange("synthetic", 64, 0.123, null).ToString());
        Assert.Equal(
            "the outputs changed by 1,234% of their variance; the top class is the same for 7.8% of 1,024 samples of x.npy".Replace("1,234", "1234", StringComparison.Ordinal),
            new OutputChange("x.npy", 1024, 12.34, 0.078).ToString());
    }

    private sealed class Elementwise : Operator
    {
        public override void InferShapes(ShapeContext c) => c.Output([.. c.Shape(0)]);

        public override void Couple(CouplingContext c) => c.Output(0, [.. c.Input(0)]);

        public override void FlowZeros(ZeroContext c) => c.Output(0, [true, true]);
    }

    private static OnnxModel Model(string graph) => new(OnnxText.Parse($"{Header}\n{graph}"));

    private static byte[] Bytes(OnnxModel model)
    {
        using var stream = new MemoryStream();
        model.WriteTo(stream);
        return stream.ToArray();
    }
}
