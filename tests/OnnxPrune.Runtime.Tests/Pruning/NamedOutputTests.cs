using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>Outputs that do not matter are removed before the analysis, so that they pin nothing.</summary>
public class NamedOutputTests
{
    // The features and the auxiliary head pin what they show.
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,6] x) => (float[N,4] scores, float[N,32] features, float[N,24] hidden, float[N,3] auxiliary)
        <float[6,32] a = normal 0.3, float[32,24] b = normal 0.3, float[24,4] c = normal 0.3, float[32,16] d = normal 0.3, float[16,3] e = normal 0.3>
        { h = MatMul (x, a)  features = Relu (h)  i = MatMul (features, b)  hidden = Relu (i)  scores = MatMul (hidden, c)
          k = MatMul (features, d)  l = Relu (k)  auxiliary = MatMul (l, e) }
        """;

    private static readonly PruningOptions Half = new() { Budget = "channels=50%", Calibration = PruningOptions.NoCalibration };

    [Fact]
    public async Task All_outputs_stay_unless_some_are_named()
    {
        var result = await PruningRun.RunAsync(Model(), Half);
        Assert.Equal(["d[1]"], result.Cut.Groups.Select(g => g.Id));
        Assert.Equal(["scores", "features", "hidden", "auxiliary"], Outputs(result.Model));
    }

    [Theory]
    [InlineData("scores", "a[1] b[1]", "a b c", "3 outputs that --outputs does not name were removed, with what only they need: features, hidden, auxiliary")]
    [InlineData("auxiliary", "a[1] d[1]", "a d e", "3 outputs that --outputs does not name were removed, with what only they need: scores, features, hidden")]
    [InlineData("scores auxiliary", "a[1] b[1] d[1]", "a b c d e", "2 outputs that --outputs does not name were removed, with what only they need: features, hidden")]
    [InlineData("hidden scores", "a[1]", "a b c", "2 outputs that --outputs does not name were removed, with what only they need: features, auxiliary")]
    [InlineData("features auxiliary", "d[1]", "a d e", "2 outputs that --outputs does not name were removed, with what only they need: scores, hidden")]
    public async Task Others_leave_with_what_only_they_need(string names, string groups, string weights, string note)
    {
        var result = await PruningRun.RunAsync(Model(), Half with { Outputs = names.Split(' ') });
        Assert.Equal(Verdict.Verified, result.Verification!.Verdict);
        Assert.Equal(groups.Split(' '), result.Cut.Groups.Select(g => g.Id).Order(StringComparer.Ordinal));
        Assert.Equal(weights.Split(' '), result.Model.Proto.Graph.Initializer.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(names.Split(' ').Order(StringComparer.Ordinal), Outputs(result.Model).Order(StringComparer.Ordinal));
        Assert.Contains(note, result.Notes);
        Assert.DoesNotContain(result.Warnings, w => w.Code != ErrorCodes.OutputsChanged);
    }

    [Fact]
    public async Task A_plan_names_them()
    {
        var result = await PruningRun.RunAsync(Model(), Half with { Outputs = ["scores"] });
        var plan = result.ToPlan();
        Assert.Equal(["scores"], plan.Options.Outputs);
        var again = await PruningRun.RunAsync(Model(), new PruningOptions { Plan = plan });
        Assert.Equal(result.Model.Proto, again.Model.Proto);
    }

    [Theory]
    [InlineData("score", "similar names are 'scores'")]
    [InlineData("Feature", "similar names are 'features'")]
    [InlineData("y", "it has scores, features, hidden, auxiliary")]
    public async Task A_name_that_no_output_has_is_an_error(string name, string hint)
    {
        var error = await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(Model(), Half with { Outputs = ["scores", name] }));
        Assert.Equal((ErrorCodes.NothingMatches, $"--outputs: the model has no output '{name}'; {hint}"), (error.Code, error.Message));
    }

    private static IEnumerable<string> Outputs(OnnxModel model) => model.Proto.Graph.Output.Select(o => o.Name);

    private static OnnxModel Model() => new(OnnxText.Parse(Network));
}
