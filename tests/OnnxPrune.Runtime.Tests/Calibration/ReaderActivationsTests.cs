using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>What layers read, against activations that the runtime gives, unfolded by plain loops.</summary>
public class ReaderActivationsTests
{
    private static readonly ReaderActivationsOptions Everything = new(Positions: 1 << 20, Seed: 0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Moments_means_and_zeros_are_those_of_the_unfolded_activations(int groups)
    {
        // Its outputs pin the channels of h; the groups are those of the same model without that output.
        var proto = OnnxText.Parse(Convolutions(groups));
        var (hidden, batches) = Hidden(proto);
        proto.Graph.Output.RemoveAt(1);
        var analysis = ModelAnalysis.Run(new OnnxModel(proto));

        var readers = ReaderActivations.Run(analysis, analysis.Groups, batches, countsZeros: true, Everything, ExecutionProvider.Cpu).ToList();

        var inputs = Assert.Single(readers.Select(r => r.Reader.Layer).Distinct());
        Assert.Equal(9, inputs.Taps);
        for (int g = 0; g < groups; g++)
        {
            double[][] x = Unfolded(hidden, g, 54 / groups);
            Assert.Equal(54 / groups, inputs.SecondMoments[g].Rows);
            for (int i = 0; i < 54 / groups; i++)
            {
                Assert.Equal(x.Average(row => row[i]), inputs.Means[g][i], 1e-5);
                Assert.Equal(x.Count(row => row[i] == 0) / (double)x.Length, inputs.Zeros![g][i], 1e-9);
                for (int j = 0; j < 54 / groups; j++) Assert.Equal(x.Average(row => row[i] * row[j]), inputs.SecondMoments[g][i, j], 1e-4);
            }
        }
    }

    [Fact]
    public void Channels_that_are_flattened_are_read_at_all_their_positions()
    {
        var analysis = Analysed("g (float[N,3,4,4] x) => (float[N,2] y) <float[5,3,1,1] a = normal 0.3, float[80,2] b = normal 0.3> { c = Conv (x, a) h = Relu (c) f = Flatten (h) y = MatMul (f, b) }");
        var (group, reader) = Assert.Single(Readers(analysis));
        Assert.Equal(0, group);
        Assert.Equal(Enumerable.Range(0, 80).Select(i => i / 16), reader.Channels);
        Assert.Null(reader.Layer.Zeros);
    }

    [Fact]
    public void Every_layer_that_reads_a_group_is_given()
    {
        var analysis = Analysed("""
            g (float[N,3] x) => (float[N,2] y, float[N,4] z)
            <float[3,6] a = normal 0.3, float[3,5] b = normal 0.3, float[11,2] c = normal 0.3, float[6,4] d = normal 0.3>
            { h = MatMul (x, a) i = MatMul (x, b) j = Concat <axis = 1> (h, i) y = MatMul (j, c) z = MatMul (h, d) }
            """);
        var readers = Readers(analysis);
        Assert.Equal(["a[1]", "a[1]", "b[1]"], readers.Select(r => analysis.Groups[r.Group].Id).Order(StringComparer.Ordinal));
        Assert.Equal([-1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4], readers.Single(r => analysis.Groups[r.Group].Id == "b[1]").Reader.Channels);
    }

    [Fact]
    public void A_group_that_no_linear_layer_reads_has_no_scores()
    {
        var analysis = Analysed("""
            g (float[N,3] x) => (float[N,2] y, float[N,1] z)
            <float[3,6] a = normal 0.3, float[6,2] b = normal 0.3, float[3,5] c = normal 0.3>
            { h = MatMul (x, a) y = MatMul (h, b) i = MatMul (x, c) z = ReduceSum <keepdims = 1, axes = [1]> (i) }
            """, opset: 11);
        var scores = ReaderActivations.Scores(
            analysis,
            analysis.Groups,
            SyntheticData.Create(analysis, 16, 1).Batches,
            new Projection(),
            Aggregation.Sum,
            ScoreNormalization.Mean,
            Everything,
            ExecutionProvider.Cpu);
        Assert.Equal(["a[1]", "c[1]"], analysis.Groups.Select(g => g.Id));
        Assert.Equal(1, scores[0]!.Average(), 1e-9);
        Assert.Null(scores[1]);
        Assert.Equal("a[1]", Assert.Single(GroupCurve.Of(analysis.Groups, scores)).Group.Id);
    }

    [Fact]
    public void A_channel_that_is_silent_scores_nothing_by_any_criterion()
    {
        var proto = OnnxText.Parse("g (float[N,3,8,8] x) => (float[N,4,8,8] y) <float[6,3,3,3] a = normal 0.3, float[4,6,3,3] b = normal 0.3> { h = Conv <pads = [1,1,1,1]> (x, a)  r = Relu (h)  y = Conv <pads = [1,1,1,1]> (r, b) }");
        var tensor = proto.Graph.Initializer.Single(t => t.Name == "a");
        double[] weights = Tensors.Doubles(tensor);
        Array.Clear(weights, 2 * 27, 27);
        tensor.RawData = Tensors.Make("a", Tensors.TypeOf(tensor), tensor.Dims, weights).RawData;
        var analysis = ModelAnalysis.Run(new OnnxModel(proto));
        var batches = SyntheticData.Create(analysis, 16, 1).Batches;
        foreach (var criterion in CriterionTable.All.OfType<ActivationCriterion>())
        {
            double[] scores = ReaderActivations.Scores(
                analysis, analysis.Groups, batches, criterion, Aggregation.Sum, ScoreNormalization.None, Everything, ExecutionProvider.Cpu)[0]!;
            Assert.Equal(0, scores[2], 1e-9);
            Assert.All(scores.Where((_, c) => c != 2), s => Assert.True(s > 1e-3, $"{criterion}: {s}"));
        }
    }

    private static string Convolutions(int groups) => $$"""
        g (float[4,3,6,6] x) => (float[4,8,3,3] y, float[4,6,6,6] h)
        <float[6,3,3,3] a = normal 0.3, float[8,{{6 / groups}},3,3] b = normal 0.3>
        { c = Conv <pads = [1,1,1,1]> (x, a)  h = Relu (c)  y = Conv <pads = [1,1,1,1], strides = [2,2], group = {{groups}}> (h, b) }
        """;

    private static ModelAnalysis Analysed(string text, int opset = 17)
    {
        var proto = OnnxText.Parse(text);
        proto.OpsetImport[0].Version = opset;
        return ModelAnalysis.Run(new OnnxModel(proto));
    }

    private static List<(int Group, GroupReader Reader)> Readers(ModelAnalysis analysis) =>
        [
            .. ReaderActivations.Run(
                analysis, analysis.Groups, SyntheticData.Create(analysis, 16, 1).Batches, countsZeros: false, Everything, ExecutionProvider.Cpu)];

    private static (double[] Hidden, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Batches) Hidden(Onnx.ModelProto proto)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(proto));
        var batches = SyntheticData.Create(analysis, 4, 5).Batches;
        using var walk = new ActivationWalk(analysis.Graph.Model, batches, ExecutionProvider.Cpu);
        int h = walk.Graph.Outputs.Select(o => o.Name).ToList().IndexOf("h");
        return ([.. walk.RunToEnd(new Dictionary<string, Onnx.TensorProto>(), batches.Count).SelectMany(outputs => outputs[h].ToDoubles())], batches);
    }

    // Rows of channels times 9 taps of a 3x3 kernel, stride 2, padding 1, on [n, 6, 6, 6].
    private static double[][] Unfolded(double[] h, int group, int features)
    {
        var rows = new List<double[]>();
        for (int n = 0; n < h.Length / 216; n++)
        {
            for (int oy = 0; oy < 3; oy++)
            {
                for (int ox = 0; ox < 3; ox++)
                {
                    var row = new double[features];
                    for (int f = 0; f < features; f++)
                    {
                        int c = (group * 3) + (f / 9), y = (oy * 2) - 1 + (f % 9 / 3), x = (ox * 2) - 1 + (f % 3);
                        row[f] = y is < 0 or > 5 || x is < 0 or > 5 ? 0 : h[(((n * 6) + c) * 36) + (y * 6) + x];
                    }
                    rows.Add(row);
                }
            }
        }
        return [.. rows];
    }
}
