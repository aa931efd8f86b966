using Google.Protobuf;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Testing;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>Calibration data from files, and from nothing.</summary>
public sealed class CalibrationSetTests : IDisposable
{
    private static readonly string Images = Path.Combine(RepositoryRoot.Path, "models", "cifar10-calibration-x.npy");

    private readonly TemporaryFolder folder = new();

    private static ModelAnalysis Resnet => ModelAnalysis.Run(ModelFile.Load(Path.Combine(RepositoryRoot.Path, "models", "resnet20-cifar10.onnx")));

    [Fact]
    public void All_samples_of_an_array_come_in_batches()
    {
        var set = CalibrationSet.Load(Images, Resnet, null, 0);
        Assert.Equal(256, set.Samples);
        Assert.Equal(4, set.Batches.Count);
        Assert.Equal([64, 3, 32, 32], set.Batches[0]["image"].Dims);
    }

    [Fact]
    public void Fewer_samples_are_drawn_by_the_seed()
    {
        double[] Drawn(int seed) => CalibrationSet.Load(Images, Resnet, 10, seed).Batches[0]["image"].ToDoubles();
        Assert.Equal(10 * 3072, Drawn(1).Length);
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    [Fact]
    public void Test_data_folders_are_batches()
    {
        for (int set = 0; set < 3; set++)
        {
            string path = Path.Combine(folder.Path, $"test_data_set_{set}");
            Directory.CreateDirectory(path);
            var tensor = Tensors.Make("image", ElementType.Float, [2, 3, 32, 32], new double[2 * 3072]);
            File.WriteAllBytes(Path.Combine(path, "input_0.pb"), tensor.ToByteArray());
        }
        Assert.Equal(6, CalibrationSet.Load(folder.Path, Resnet, null, 0).Samples);
        Assert.Equal(2, CalibrationSet.Load(folder.Path, Resnet, 3, 0).Batches.Count);
    }

    // A plan remembers how many samples there were, and apply asks for as many.
    [Theory]
    [InlineData(null, 200)]
    [InlineData(150, 100)]
    [InlineData(3, 100)]
    public void A_fixed_batch_gets_whole_batches_and_the_same_again(int? samples, int used)
    {
        string path = Path.Combine(RepositoryRoot.Path, "models", "mnist-calibration-x.npy");
        var fixedBatch = Of("g (float[100,1,28,28] x) => (float[100,2,28,28] y) <float[2,1,1,1] a = normal 1> { y = Conv (x, a) }");
        var first = CalibrationSet.Load(path, fixedBatch, samples, 7);
        Assert.Equal(used, first.Samples);
        Assert.Equal(first.Hash, CalibrationSet.Load(path, fixedBatch, first.Samples, 7).Hash);
        Assert.NotEqual(first.Hash, CalibrationSet.Load(path, fixedBatch, first.Samples, 8).Hash);
    }

    [Theory]
    [InlineData("float[N,16]", 1024)]
    [InlineData("float[N,1000000]", 104)]
    [InlineData("float[N,100000000]", 16)]
    public void Fewer_samples_are_used_where_activations_are_large(string type, int samples) =>
        Assert.Equal(samples, CalibrationSet.DefaultSamples(Of($"g ({type} x) => ({type} y) {{ h = Relu (x)  y = Tanh (h) }}")));

    [Theory]
    [InlineData(ElementType.Float, 3, 16)]
    [InlineData(ElementType.Double, 3, 32)]
    [InlineData(ElementType.Float, 4, 32)]
    public void Test_data_of_another_shape_or_type_is_refused(ElementType type, int channels, int size)
    {
        File.WriteAllBytes(
            folder.File("input_0.pb"), Tensors.Make("image", type, [1, channels, size, size], new double[channels * size * size]).ToByteArray());
        Assert.Equal(ErrorCodes.InvalidData, Assert.Throws<OnnxPruneException>(() => CalibrationSet.Load(folder.Path, Resnet, null, 0)).Code);
    }

    [Fact]
    public void Data_of_another_shape_is_refused()
    {
        string path = Path.Combine(RepositoryRoot.Path, "models", "mnist-calibration-x.npy");
        var failure = Assert.Throws<OnnxPruneException>(() => CalibrationSet.Load(path, Resnet, null, 0));
        Assert.Equal(ErrorCodes.InvalidData, failure.Code);
    }

    [Fact]
    public void Synthetic_images_come_out_standardised_behind_the_model_s_own_scaling()
    {
        var set = SyntheticData.Create(Resnet, 128, 0);
        Assert.Equal("synthetic", set.Source);
        Assert.Equal(128, set.Samples);
        double[] values = [.. set.Batches.SelectMany(b => b["image"].ToDoubles())];
        Assert.InRange(values.Average(), 90, 150);
        Assert.InRange(Math.Sqrt(values.Average(v => (v - 120) * (v - 120))), 40, 90);
    }

    public void Dispose() => folder.Dispose();

    private static ModelAnalysis Of(string text) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));
}
