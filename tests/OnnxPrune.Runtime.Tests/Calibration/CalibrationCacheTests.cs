using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>What is kept is used again; what cannot be read or written costs time and nothing else.</summary>
public sealed class CalibrationCacheTests : IDisposable
{
    private const string Text = """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[6,3,1,1] a = normal 0.5, float[6] s = uniform 0.5 2, float[6] t = normal 1, float[6] m = normal 1, float[6] v = uniform 0.5 2, float[4,6,3,3] b = normal 0.5>
        { h = Conv (x, a)  n = BatchNormalization (h, s, t, m, v)  r = Relu (n)  y = Conv <pads = [1,1,1,1]> (r, b) }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Curves_that_are_kept_are_not_measured_again()
    {
        var before = Curve();
        string file = Assert.Single(Directory.EnumerateFiles(folder.Path));
        File.WriteAllText(
            file,
            File.ReadAllText(file).Replace(
                $"{before.Order[0]},{before.Order[1]},", $"{before.Order[1]},{before.Order[0]},", StringComparison.Ordinal));

        Assert.Equal([before.Order[1], before.Order[0], .. before.Order.Skip(2)], Curve().Order);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{\"Curves\":null,\"Notes\":[]}")]
    [InlineData("{\"Curves\":[null],\"Notes\":[]}")]
    [InlineData("{\"Curves\":[{}],\"Notes\":[]}")]
    [InlineData("{\"Curves\":[{\"Group\":null,\"Order\":null,\"Distortion\":null}],\"Notes\":[]}")]
    [InlineData("{\"Curves\":[{\"Group\":\"b[0]\",\"Order\":[0,1,2,3,4,5],\"Distortion\":[0,1,2,3,4,5,6]}],\"Notes\":[]}")]
    [InlineData("{\"Curves\":[{\"Group\":\"a[0]\",\"Order\":[0,1,2,3,4,4],\"Distortion\":[0,1,2,3,4,5,6]}],\"Notes\":[]}")]
    [InlineData("{\"Curves\":[{\"Group\":\"a[0]\",\"Order\":[0,1,2,3,4,5],\"Distortion\":[0,1,2,3,4,5]}],\"Notes\":[]}")]
    public void A_damaged_file_of_curves_is_replaced(string damage)
    {
        var before = Curve();
        string file = Assert.Single(Directory.EnumerateFiles(folder.Path));
        string kept = File.ReadAllText(file);
        File.WriteAllText(file, damage);

        Assert.Equal(before.Distortion, Curve().Distortion);
        Assert.Equal(kept, File.ReadAllText(file));
    }

    [Fact]
    public void What_was_noted_is_kept_as_well()
    {
        Curve();
        string file = Assert.Single(Directory.EnumerateFiles(folder.Path));
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"Notes\":[]", "\"Notes\":[\"one\",\"two\"]", StringComparison.Ordinal));
        Recovered(OnnxText.Parse(Text));
        string other = Assert.Single(Directory.EnumerateFiles(folder.Path, "*.json"), f => f != file);
        File.WriteAllText(other, File.ReadAllText(other).Replace("\"Notes\":[]", "\"Notes\":[\"three\"]", StringComparison.Ordinal));

        var importance = Importance(new CalibrationCache(folder.Path), out var analysis);
        importance.Curves(analysis.Groups);

        Assert.Equal(["one", "two"], importance.Notes);
        Assert.Equal(["three"], Recovered(OnnxText.Parse(Text)).Notes);
    }

    [Fact]
    public void A_recovered_model_is_kept_and_a_damaged_one_is_made_again()
    {
        var first = Recovered(OnnxText.Parse(Text));
        string file = Assert.Single(Directory.EnumerateFiles(folder.Path, "*.onnx"));
        byte[] kept = File.ReadAllBytes(file);

        Assert.Equal(first.Model.Proto, Recovered(OnnxText.Parse(Text)).Model.Proto);
        foreach (byte[] damaged in new[] { [], kept[..^100], [.. kept.Reverse()] })
        {
            File.WriteAllBytes(file, damaged);
            Assert.Equal(first.Model.Proto, Recovered(OnnxText.Parse(Text)).Model.Proto);
            Assert.Equal(kept, File.ReadAllBytes(file));
        }
    }

    // On synthetic data both look alike; their weights behind the cut do not.
    [Fact]
    public void Models_that_differ_in_statistics_only_are_recovered_each_by_itself()
    {
        var other = OnnxText.Parse(Text);
        var means = other.Graph.Initializer.Single(i => i.Name == "m");
        means.RawData = Tensors.Make("m", ElementType.Float, means.Dims, new double[] { 9, 8, 7, 6, 5, 4 }).RawData;

        var first = Recovered(OnnxText.Parse(Text));
        var second = Recovered(other);

        Assert.NotEqual(Values(first, "m"), Values(second, "m"));
        Assert.Equal([9.0, 7, 5], Values(second, "m"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_error()
    {
        File.WriteAllText(folder.File("occupied"), "");
        Assert.Equal(6, Curve(new CalibrationCache(folder.File("occupied"))).Order.Count);
    }

    [Fact]
    public void Only_old_files_of_its_own_are_deleted()
    {
        string[] names = ["notes.txt", "model.onnx", new string('a', 64) + ".onnx", new string('b', 64) + ".json"];
        foreach (string name in names) File.WriteAllText(folder.File(name), "");
        foreach (string name in names[..3]) File.SetLastWriteTimeUtc(folder.File(name), DateTime.UtcNow.AddDays(-40));

        Curve();

        Assert.Equal([true, true, false, true], names.Select(n => File.Exists(folder.File(n))));
    }

    private GroupCurve Curve(CalibrationCache? cache = null) =>
        Assert.Single(Importance(cache ?? new CalibrationCache(folder.Path), out var analysis).Curves(analysis.Groups));

    private static CalibratedImportance Importance(CalibrationCache cache, out ModelAnalysis analysis)
    {
        analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Text)));
        var options = new PruneOptions { Budget = Budget.Parse("macs=50%"), Criterion = CriterionTable.Named("wanda") };
        return new CalibratedImportance(analysis, Domain(analysis), options, ExecutionProvider.Cpu, cache);
    }

    private RecoveryResult Recovered(ModelProto model)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        var kept = Cut.Of(analysis, new Dictionary<Term, bool[]> { [analysis.Groups[0].Variable] = [true, false, true, false, true, false] });
        return AccuracyRecovery.Run(
            Domain(analysis), Rewriter.Prune(kept), kept, RecoveryMethods.Ls, new ReconstructionOptions(), ExecutionProvider.Cpu,
            new CalibrationCache(folder.Path));
    }

    private static CalibrationDomain Domain(ModelAnalysis analysis) =>
        CalibrationDomain.Of(analysis, CalibrationSet.Synthetic(analysis, 128, 0), ExecutionProvider.Cpu);

    private static double[] Values(RecoveryResult result, string name) =>
        Tensors.Doubles(result.Model.Proto.Graph.Initializer.Single(t => t.Name == name));
}
