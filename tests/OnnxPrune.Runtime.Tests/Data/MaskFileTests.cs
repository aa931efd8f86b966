using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Data;

public sealed class MaskFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Groups: a[0] with 3 channels, b[0] with 4; c reads them behind a Concat and a Flatten of 2 positions.
    private readonly ModelAnalysis analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
        g (float[N,3,1,2] x) => (float[N,2] y) <float[3,3,1,1] a = normal 0.3, float[3] u = normal 0.3, float[4,3,1,1] b = normal 0.3, float[14,2] c = normal 0.3>
        { h = Conv (x, a, u) r = Relu (h) i = Conv (x, b) j = Concat <axis = 1> (r, i) f = Flatten (j) y = MatMul (f, c) }
        """)));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_zero_lets_a_channel_go_wherever_it_is_coupled()
    {
        var masks = Load(("u[0]", [3], [1, 0, 1]), ("b[0]", [4], [1, 1, 1, 0]));
        Assert.Equal([true, false, true], Of(masks, "a[0]"));
        Assert.Equal([true, true, true, false], Of(masks, "b[0]"));
        Assert.Empty(masks.Notes);
    }

    [Fact]
    public void Any_of_several_masks_lets_a_channel_go() =>
        Assert.Equal([true, false, false], Of(Load(("u[0]", [3], [1, 0, 1]), ("a[0]", [3], [1, 1, 0])), "a[0]"));

    [Fact]
    public void A_channel_goes_only_when_all_of_its_indices_do()
    {
        var masks = Load(("c[0]", [14], [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]));
        Assert.Equal([false, true, true], Of(masks, "a[0]"));
        Assert.Equal([true, true, true, false], Of(masks, "b[0]"));
        Assert.Equal("1 masked indices of c[0] are kept: other indices of their channels are not masked", Assert.Single(masks.Notes));
    }

    [Fact]
    public void An_index_leaves_whose_elements_are_all_masked()
    {
        var masks = Load(("a", [3, 3, 1, 1], [1, 0, 1, 0, 0, 0, 0, 0, 1]), ("b", [4, 3, 1, 1], [.. Enumerable.Repeat(1.0, 12)]));
        Assert.Equal([true, false, true], Of(masks, "a[0]"));
        Assert.Single(masks.Cut.Groups);
    }

    [Fact]
    public void A_mask_that_is_not_used_is_noted()
    {
        var masks = Load(("u[0]", [3], [1, 0, 1]), ("a[1]", [3], [1, 1, 0]));
        Assert.Equal("the mask 'a[1]' is not used: no prunable group occurs there", Assert.Single(masks.Notes));
    }

    [Fact]
    public void A_model_pruned_by_masks_equals_the_masked_original()
    {
        var masks = Load(("a", [3, 3, 1, 1], [1, 0, 1, 0, 0, 0, 0, 0, 1]), ("c[0]", [14], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0]));
        var pruned = Rewriter.Prune(masks.Cut);
        Assert.Equal([8, 2], pruned.Proto.Graph.Initializer.Single(t => t.Name == "c").Dims);
        Assert.Equal(Verdict.Verified, Verifier.Verify(pruned, masks.Cut, ExecutionProvider.Cpu).Verdict);
    }

    [Fact]
    public void A_group_is_never_emptied() =>
        Fails("the masks remove all 3 channels of group a[0]", ("a[0]", [3], [1, 0, 0]), ("u[0]", [3], [0, 1, 1]));

    [Fact]
    public void A_mask_of_another_shape_is_refused_with_both_shapes()
    {
        Fails("'u[0]' has shape [2]; it must be [3]", ("u[0]", [2], [1, 0]));
        Fails("'a' has shape [3,3]; it must be [3,3,1,1]", ("a", [3, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1]));
    }

    [Fact]
    public void A_file_that_fits_nothing_is_refused_with_what_it_has_and_what_would_fit() =>
        Fails("the keys are 'v'; matching keys would be 'a[0]', 'u[0]', 'c[0]', 'b[0]'", ("v", [1], [1]));

    private bool[] Of(MaskFile masks, string id) => masks.Cut.MaskOf(analysis.Groups.Single(g => g.Id == id))!;

    private MaskFile Load(params IReadOnlyList<(string, int[], double[])> arrays) =>
        MaskFile.Load(Archive.Write(folder.File("m.npz"), arrays), analysis, analysis.Groups);

    private void Fails(string message, params IReadOnlyList<(string, int[], double[])> arrays)
    {
        string path = folder.File($"{Guid.NewGuid():N}.npz");
        var error = Assert.Throws<OnnxPruneException>(() => MaskFile.Load(Archive.Write(path, arrays), analysis, analysis.Groups));
        Assert.Equal((ErrorCodes.InvalidData, path), (error.Code, error.File));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
