using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Data;

public sealed class ScoreFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Groups: a[0] with 3 channels, b[0] with 2; c reads both behind a Concat and a Flatten of 2 positions.
    private readonly ModelAnalysis analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
        g (float[N,3,1,2] x) => (float[N,2] y) <float[3,3,1,1] a = normal 0.3, float[3] u = normal 0.3, float[2,3,1,1] b = normal 0.3, float[10,2] c = normal 0.3>
        { h = Conv (x, a, u) i = Conv (x, b) j = Concat <axis = 1> (h, i) f = Flatten (j) y = MatMul (f, c) }
        """)));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scores_of_one_axis_are_those_of_the_channels() => Assert.Equal([3.0, 1, 2], Load(("u[0]", [3], [3, 1, 2]))[0]!);

    [Fact]
    public void Scores_of_indices_that_belong_to_one_channel_are_added_up()
    {
        var scores = Load(("c[0]", [10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
        Assert.Equal([3.0, 7, 11], scores[0]!);
        Assert.Equal([15.0, 19], scores[1]!);
    }

    [Theory]
    [InlineData(Aggregation.Sum, 4, 3)]
    [InlineData(Aggregation.Mean, 2, 1.5)]
    [InlineData(Aggregation.Max, 3, 2)]
    public void Several_axes_are_put_together(Aggregation aggregation, double first, double second)
    {
        string path = Archive.Write(folder.File("s.npz"), ("a[0]", [3], [3, 1, 0]), ("u[0]", [3], [1, 2, 5]));
        var scores = ScoreFile.Load(path, analysis, analysis.Groups, aggregation);
        Assert.Equal([first, second, 5.0 / (aggregation == Aggregation.Mean ? 2 : 1)], scores[0]!);
        Assert.Null(scores[1]);
    }

    [Fact]
    public void A_groups_id_names_its_channels()
    {
        var heads = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
            g (float[N,3,2,2] x) => (float[N,8,2,2] y) <float[6,3,1,1] a = normal 0.3, float[6,3,1,1] b = normal 0.3, float[8,6,1,1] c = normal 0.3>
            { h = Conv (x, a) i = Conv <group = 2> (h, b) y = Conv (i, c) }
            """)));
        var group = heads.Groups.First(g => g.Id != SliceId(g));
        string path = Archive.Write(folder.File("s.npz"), (group.Id, [group.Size], [.. Enumerable.Range(1, group.Size).Select(i => (double)i)]));
        Assert.Equal(Enumerable.Range(1, group.Size).Select(i => (double)i), ScoreFile.Load(path, heads, [group])[0]!);
    }

    [Fact]
    public void An_array_of_another_length_is_refused_with_both_lengths()
    {
        Fails("'u[0]' has shape [4]; it must be [3]", ("u[0]", [4], [1, 2, 3, 4]));
        Fails("'c[0]' has shape [5]; it must be [10]", ("c[0]", [5], [1, 2, 3, 4, 5]));
    }

    [Fact]
    public void A_file_that_fits_nothing_is_refused_with_what_it_has_and_what_would_fit() =>
        Fails("no array matches the model: the keys are 'w[0]'; matching keys would be 'a[0]', 'u[0]', 'c[0]', 'b[0]'", ("w[0]", [3], [1, 2, 3]));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_no_number_of_at_least_zero_is_refused(double score) => Fails("score 1 of 'u[0]'", ("u[0]", [3], [1, score, 2]));

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        File.WriteAllText(folder.File("s.npz"), "scores");
        Assert.Equal(
            ErrorCodes.InvalidData, Assert.Throws<OnnxPruneException>(() => ScoreFile.Load(folder.File("s.npz"), analysis, analysis.Groups)).Code);
    }

    private static string SliceId(ChannelGroup group) => $"{group.Slices[0].Weight.Name}[{group.Slices[0].Axis}]";

    private IReadOnlyList<double[]?> Load(params IReadOnlyList<(string, int[], double[])> arrays) =>
        ScoreFile.Load(Archive.Write(folder.File("s.npz"), arrays), analysis, analysis.Groups);

    private void Fails(string message, params IReadOnlyList<(string, int[], double[])> arrays)
    {
        string path = folder.File($"{Guid.NewGuid():N}.npz");
        var error = Assert.Throws<OnnxPruneException>(() => ScoreFile.Load(Archive.Write(path, arrays), analysis, analysis.Groups));
        Assert.Equal((ErrorCodes.InvalidData, path), (error.Code, error.File));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
