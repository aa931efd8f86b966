using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>Synthetic images have what photographs have: sharp edges among smooth areas, nearly grey, each exposed in its own way.</summary>
public class SyntheticImagesTests
{
    private const int Samples = 64, Size = 24;
    private static readonly double[] Images = SyntheticImages.Create([Samples, 3, Size, Size], new Random(5));

    [Fact]
    public void Images_are_standardised_as_a_whole()
    {
        double mean = Images.Average();
        Assert.InRange(mean, -0.3, 0.3);
        Assert.InRange(Images.Average(v => (v - mean) * (v - mean)), 0.7, 1.6);
    }

    // White noise has 2 and, in units of the squared variance, a fourth moment of 3; images with edges are far from both.
    [Fact]
    public void Neighbours_are_mostly_alike_and_sometimes_very_different()
    {
        double[] differences = [.. Enumerable.Range(0, Images.Length).Where(i => i % Size > 0).Select(i => Images[i] - Images[i - 1])];
        double variance = differences.Average(d => d * d);
        Assert.InRange(variance, 0.01, 1);
        Assert.InRange(differences.Average(d => d * d * d * d) / (variance * variance), 5, 100);
    }

    [Fact]
    public void Channels_go_together()
    {
        int plane = Size * Size;
        var pairs = Enumerable.Range(0, Samples * plane)
            .Select(i => (A: Images[(i / plane * 3 * plane) + (i % plane)], B: Images[(i / plane * 3 * plane) + plane + (i % plane)]))
            .ToList();
        double correlation = pairs.Average(p => p.A * p.B) / Math.Sqrt(pairs.Average(p => p.A * p.A) * pairs.Average(p => p.B * p.B));
        Assert.InRange(correlation, 0.6, 0.98);
    }

    [Fact]
    public void Images_differ_in_brightness() =>
        Assert.InRange(Images.Chunk(3 * Size * Size).Select(image => image.Average()).Max(Math.Abs), 0.5, 3);

    [Fact]
    public void A_seed_gives_the_same_images() => Assert.Equal(Images, SyntheticImages.Create([Samples, 3, Size, Size], new Random(5)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 40)]
    public void Any_size_is_filled(int height, int width) =>
        Assert.All(SyntheticImages.Create([2, 1, height, width], new Random(1)), v => Assert.True(double.IsFinite(v)));
}
