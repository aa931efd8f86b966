using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>Globs that match nothing: a misspelt exclusion would prune what it should protect.</summary>
public class GlobTests
{
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[2,3,6,6] x) => (float[2,4,6,6] y)
        <float[8,3,1,1] backbone_weight = normal 0.4, float[8,8,1,1] head_cls_weight = normal 0.4, float[4,8,1,1] head_out_weight = normal 0.4>
        { h = Conv (x, backbone_weight)  r = Relu (h)  i = Conv (r, head_cls_weight)  s = Relu (i)  y = Conv (s, head_out_weight) }
        """;

    [Theory]
    [InlineData("Head_*", "similar names are 'head_cls_weight', 'head_out_weight'")]
    [InlineData("head_clss_*", "similar names are 'head_cls_weight', 'head_out_weight'")]
    [InlineData("backbon_weigth", "similar names are 'backbone_weight'")]
    [InlineData("zzz", "'onnxprune inspect' lists the names")]
    [InlineData("head_box_*", "similar names are 'head_cls_weight', 'head_out_weight'")]
    public async Task A_glob_without_a_match_is_an_error_with_similar_names(string glob, string hint)
    {
        foreach (var options in new[]
        {
            new PruningOptions { Budget = "channels=50%", Exclude = ["head_out*", glob] },
            new PruningOptions { Budget = "channels=50%", Include = [glob] },
        })
        {
            var error = await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(Model(), options));
            Assert.Equal(ErrorCodes.NothingMatches, error.Code);
            Assert.Contains($"matches '{glob}'; {hint}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("head_out*")]
    [InlineData("head_cls_weight[0]")]
    [InlineData("head_o?t_weight")]
    public async Task A_glob_with_a_match_protects(string glob)
    {
        var result = await PruningRun.RunAsync(Model(), new PruningOptions { Budget = "channels=80%", Exclude = [glob] });
        Assert.Equal(["backbone_weight[0]"], result.Cut.Groups.Select(g => g.Id));
    }

    private static OnnxModel Model() => new(OnnxText.Parse(Network));
}
