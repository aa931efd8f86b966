using System.Diagnostics;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>
/// Times models side by side: in each round every model runs for one short block, forwards in one round and backwards in the next (A B, B A),
/// so that a machine that gets slower or faster favours none. Neighbouring blocks are a pair.
/// </summary>
internal static class AlternatingBlocks
{
    // Long enough that some run of a block is undisturbed, short enough that both blocks of a pair meet the same machine.
    private const double BlockMilliseconds = 20, SlowMilliseconds = 100;
    private const int ShortestBlock = 5, LongestBlock = 64, WarmUps = 3;

    /// <summary>The times of each model's runs, in milliseconds, block by block: element [m][r] is the block of model m in round r.</summary>
    /// <param name="models">The models.</param>
    /// <param name="options">How long.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static IReadOnlyList<IReadOnlyList<double[]>> Run(IReadOnlyList<ITimed> models, LatencyOptions options, CancellationToken cancellation)
    {
        double slowest = models.Max(m => WarmUp(m, cancellation));
        int length = LengthOf(slowest, options.Runs ?? LongestBlock);
        var blocks = models.Select(_ => new List<double[]>()).ToList();
        var clock = Stopwatch.StartNew();
        for (int round = 0; round % 2 == 1 || !IsEnough(round, length, clock.Elapsed, options); round++)
        {
            for (int turn = 0; turn < models.Count; turn++)
            {
                cancellation.ThrowIfCancellationRequested();
                int model = round % 2 == 0 ? turn : models.Count - 1 - turn;
                blocks[model].Add(Block(models[model], length));
            }
        }
        return blocks;
    }

    /// <summary>
    /// Of each round, what the second model's fastest run took of the first one's. Where other programs take their turn on the processor, they
    /// interrupt long runs more often than short ones, so that medians would make the difference larger than it is.
    /// </summary>
    public static IReadOnlyList<double> Ratios(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second) =>
        [.. first.Zip(second, (a, b) => b.Min() / a.Min())];

    private static int LengthOf(double milliseconds, int most)
    {
        int shortest = milliseconds > SlowMilliseconds ? 1 : ShortestBlock;
        return Math.Min(most, (int)Math.Clamp(Math.Ceiling(BlockMilliseconds / Math.Max(milliseconds, 1e-6)), shortest, LongestBlock));
    }

    private static bool IsEnough(int rounds, int length, TimeSpan elapsed, LatencyOptions options) =>
        options.Runs is { } runs ? rounds * length >= runs : rounds >= LatencyOptions.LeastRounds && elapsed.TotalSeconds >= options.Seconds;

    private static double WarmUp(ITimed model, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (int i = 0; i < WarmUps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            times.Add(model.Run());
        }
        return times.Min();
    }

    // The first run of a longer block brings the model back into the caches and is not counted.
    private static double[] Block(ITimed model, int length)
    {
        if (length > 1) model.Run();
        var times = new double[length];
        for (int i = 0; i < length; i++) times[i] = model.Run();
        return times;
    }
}
