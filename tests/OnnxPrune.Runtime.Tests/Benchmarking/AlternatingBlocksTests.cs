using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Runtime.Tests.Benchmarking;

/// <summary>The order of runs and what becomes of their times, on a clock that the tests move.</summary>
public class AlternatingBlocksTests
{
    [Fact]
    public void Models_run_forwards_and_backwards_in_turn()
    {
        var log = new List<char>();
        ITimed Logged(char name) => new Scripted(() => { log.Add(name); return 150; });

        AlternatingBlocks.Run([Logged('a'), Logged('b')], new LatencyOptions { Runs = 4 }, default);

        Assert.Equal("aaabbb" + "abbaabba", string.Concat(log));
    }

    [Fact]
    public void Short_runs_go_in_longer_blocks_whose_first_run_does_not_count()
    {
        int runs = 0;
        var blocks = AlternatingBlocks.Run([new Scripted(() => { runs++; return 1; })], new LatencyOptions { Runs = 40 }, default);

        Assert.Equal([20, 20], blocks[0].Select(b => b.Length));
        Assert.Equal(3 + (2 * 21), runs);
    }

    [Fact]
    public void Rounds_are_even_and_enough_for_an_interval_even_where_time_is_up()
    {
        var blocks = AlternatingBlocks.Run([new Scripted(() => 500), new Scripted(() => 500)], new LatencyOptions { Seconds = 0 }, default);

        Assert.All(blocks, b => Assert.Equal(LatencyOptions.LeastRounds, b.Count));
    }

    // Both models slow down together, by up to five times: their medians are useless, their ratio is not.
    [Fact]
    public void A_machine_whose_speed_drifts_leaves_the_ratio()
    {
        double load = 1;
        ITimed Loaded(double time) => new Scripted(() => time * (load *= 1.002));

        var blocks = AlternatingBlocks.Run([Loaded(20), Loaded(12)], new LatencyOptions { Runs = 400 }, default);
        var ratio = RatioEstimate.Of(AlternatingBlocks.Ratios(blocks[0], blocks[1]));

        Assert.Equal(0.6, ratio.Median, 1e-3);
        Assert.InRange(ratio.High - ratio.Low, 0, 0.02);
    }

    // Every 3 ms another program takes 20 ms: most runs of the slower model are interrupted, and few of the faster.
    [Fact]
    public void A_machine_that_takes_turns_leaves_the_ratio()
    {
        double now = 0;
        ITimed Shared(double time) => new Scripted(() =>
        {
            double start = now;
            for (double left = time; left > 0; left -= 0.01) now += now % 23 < 3 ? 0.01 : 23 - (now % 23) + 0.01;
            return now - start;
        });

        var blocks = AlternatingBlocks.Run([Shared(2), Shared(0.5)], new LatencyOptions { Runs = 200 }, default);

        Assert.True(LatencyStatistics.MedianOf(blocks[0].SelectMany(b => b)) > 20);
        Assert.True(LatencyStatistics.MedianOf(blocks[1].SelectMany(b => b)) < 1);
        Assert.Equal(0.25, RatioEstimate.Of(AlternatingBlocks.Ratios(blocks[0], blocks[1])).Median, 0.02);
    }

    [Fact]
    public void Cancelling_ends_the_runs()
    {
        using var source = new CancellationTokenSource();
        int runs = 0;
        var model = new Scripted(() => { if (++runs == 5) source.Cancel(); return 150; });

        Assert.Throws<OperationCanceledException>(() => AlternatingBlocks.Run([model], new LatencyOptions(), source.Token));
        Assert.Equal(5, runs);
    }

    private sealed class Scripted(Func<double> run) : ITimed
    {
        public double Run() => run();
    }
}
