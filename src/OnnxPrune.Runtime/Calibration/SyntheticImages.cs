using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Images with the statistics of photographs: dead leaves (Lee, Mumford and Huang 2001, Occlusion Models for Natural Images), which are shapes of
/// all sizes that cover each other, with textures over scales from single pixels to the whole picture, channels that go together, and a
/// brightness and contrast of each image's own. Channels have mean 0 and variance 1 over images, about.
/// </summary>
internal static class SyntheticImages
{
    // Of the variance of a channel, the share that all channels have in common: photographs are nearly grey.
    private const double Common = 0.85;

    // Shares of variance, and the largest number of shapes.
    private const double Texture = 0.25, Brightness = 0.3;
    private const int MostShapes = 2000;

    /// <summary>Images of shape [samples, channels, height, width].</summary>
    public static double[] Create(long[] dims, Random random)
    {
        int channels = (int)dims[1], height = (int)dims[2], width = (int)dims[3], plane = height * width;
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int sample = 0; sample < dims[0]; sample++)
        {
            var image = values.AsSpan(sample * channels * plane, channels * plane);
            AddLeaves(image, channels, height, width, random);
            AddTexture(image, channels, height, width, random);
            Expose(image, random);
        }
        return values;
    }

    // From the front to the back, until everything is covered.
    private static void AddLeaves(Span<double> image, int channels, int height, int width, Random random)
    {
        var covered = new bool[height * width];
        int left = covered.Length;
        double smallest = 1 + (Math.Max(height, width) / 40.0), largest = Math.Max(height, width) / 2.0;
        for (int shape = 0; left > 0; shape++)
        {
            bool isLast = shape == MostShapes;
            double radius = isLast ? height + width : Math.Min(largest, smallest / Math.Sqrt(1 - random.NextDouble()));
            double y0 = random.NextDouble() * height;
            double x0 = random.NextDouble() * width;
            double flat = 0.4 + (0.6 * random.NextDouble());
            double angle = Math.PI * random.NextDouble();
            bool isRound = random.Next(2) == 0;
            double[] colour = Colour(channels, random);
            for (int y = Math.Max(0, (int)(y0 - radius)); y < Math.Min(height, y0 + radius); y++)
            {
                for (int x = Math.Max(0, (int)(x0 - radius)); x < Math.Min(width, x0 + radius); x++)
                {
                    int pixel = (y * width) + x;
                    if (covered[pixel] || !(isLast || Inside(y - y0, x - x0, radius, flat, angle, isRound))) continue;
                    covered[pixel] = true;
                    left--;
                    for (int c = 0; c < channels; c++) image[(c * height * width) + pixel] = colour[c];
                }
            }
        }
    }

    // An ellipse, or a rectangle, whose longer half is the radius.
    private static bool Inside(double dy, double dx, double radius, double flat, double angle, bool isRound)
    {
        double along = ((dx * Math.Cos(angle)) + (dy * Math.Sin(angle))) / radius;
        double across = ((dy * Math.Cos(angle)) - (dx * Math.Sin(angle))) / (radius * flat);
        return isRound ? (along * along) + (across * across) <= 1 : Math.Abs(along) <= 0.8 && Math.Abs(across) <= 0.8;
    }

    private static double[] Colour(int channels, Random random)
    {
        double grey = InputGenerator.Normal(random);
        return [.. Enumerable.Range(0, channels).Select(_ => (Math.Sqrt(Common) * grey) + (Math.Sqrt(1 - Common) * InputGenerator.Normal(random)))];
    }

    private static void AddTexture(Span<double> image, int channels, int height, int width, Random random)
    {
        int plane = height * width;
        double[] grey = Field(height, width, random);
        for (int c = 0; c < channels; c++)
        {
            double[] own = Field(height, width, random);
            for (int i = 0; i < plane; i++)
            {
                double texture = (Math.Sqrt(Common) * grey[i]) + (Math.Sqrt(1 - Common) * own[i]);
                image[(c * plane) + i] = (Math.Sqrt(1 - Texture) * image[(c * plane) + i]) + (Math.Sqrt(Texture) * texture);
            }
        }
    }

    private static void Expose(Span<double> image, Random random)
    {
        double mean = 0, square = 0;
        foreach (double value in image)
        {
            mean += value / image.Length;
            square += value * value / image.Length;
        }
        double contrast = Math.Exp(0.3 * InputGenerator.Normal(random)) * Math.Sqrt(1 - Brightness);
        double brightness = Math.Sqrt(Brightness) * InputGenerator.Normal(random);
        double scale = contrast / Math.Sqrt(Math.Max(1e-6, square - (mean * mean)));
        foreach (ref double value in image) value = ((value - mean) * scale) + brightness;
    }

    // Random values on grids of 1, 2, 4, ... cells, interpolated; amplitude falls with the number of cells as 1/f does.
    private static double[] Field(int height, int width, Random random)
    {
        var field = new double[height * width];
        double total = 0;
        for (int cells = 1; cells <= Math.Max(height, width); cells *= 2)
        {
            double amplitude = 1 / Math.Sqrt(cells);
            total += amplitude * amplitude;
            AddGrid(field, height, width, cells, amplitude, random);
        }
        double scale = 1 / Math.Sqrt(total);
        for (int i = 0; i < field.Length; i++) field[i] *= scale;
        return field;
    }

    private static void AddGrid(double[] field, int height, int width, int cells, double amplitude, Random random)
    {
        var grid = new double[(cells + 1) * (cells + 1)];
        for (int i = 0; i < grid.Length; i++) grid[i] = amplitude * InputGenerator.Normal(random);
        for (int y = 0; y < height; y++)
        {
            double fy = (double)y * cells / height;
            int top = (int)fy;
            for (int x = 0; x < width; x++)
            {
                double fx = (double)x * cells / width;
                int left = (int)fx, corner = (top * (cells + 1)) + left;
                double upper = grid[corner] + ((fx - left) * (grid[corner + 1] - grid[corner]));
                double lower = grid[corner + cells + 1] + ((fx - left) * (grid[corner + cells + 2] - grid[corner + cells + 1]));
                field[(y * width) + x] += upper + ((fy - top) * (lower - upper));
            }
        }
    }
}
