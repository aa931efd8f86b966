using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Xunit.Abstractions;

namespace OnnxPrune.Mutation;

/// <summary>Whatever is damaged in a model or a plan, it is pruned or refused with a reason; nothing crashes and nothing hangs.</summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int Few = 440, Chunks = 10;

    // What the long run accepts for one mutant, and what it mentions.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10), Slow = TimeSpan.FromSeconds(2);

    // scripts/fuzz sets these.
    private static readonly int Count = Setting("ONNXPRUNE_FUZZ_COUNT", 60_000), First = Setting("ONNXPRUNE_FUZZ_SEED", 1) * 1_000_000;

    public static TheoryData<string> Seeds => [.. SeedModel.All.Select(s => s.Name)];

    public static TheoryData<int> Tenths => [.. Enumerable.Range(0, Chunks)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seed_model_is_pruned(string name)
    {
        var seed = SeedModel.All.Single(s => s.Name == name);
        using var trial = new Trial();
        Assert.Equal(Trial.Pruned, trial.Outcome(new Mutant(0, seed, seed.Proto.ToByteArray())));
    }

    [Fact]
    public void Mutants_are_pruned_or_refused_with_a_reason()
    {
        using var trial = new Trial();
        var outcomes = Enumerable.Range(0, Few).Select(number => trial.Outcome(Mutant.Of(number))).ToList();
        Assert.True(!outcomes.Exists(Trial.IsFault), string.Join(Environment.NewLine, outcomes.Where(Trial.IsFault)));
        Assert.InRange(outcomes.Count(o => o == Trial.Pruned), Few / 10, Few - 1);
    }

    [Fact]
    public void A_mutant_follows_from_its_number()
    {
        Assert.Equal(Mutant.Of(17).Bytes, Mutant.Of(17).Bytes);
        Assert.NotEqual(Mutant.Of(17).Bytes, Mutant.Of(17 + SeedModel.All.Count).Bytes);
    }

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Tenths))]
    public void Many_mutants_are_pruned_or_refused_in_ten_seconds_each(int tenth)
    {
        using var trial = new Trial();
        var faults = new List<string>();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Count / Chunks; i++)
        {
            var mutant = Mutant.Of(First + (tenth * (Count / Chunks)) + i);
            var watch = Stopwatch.StartNew();
            string outcome = trial.Outcome(mutant);
            if (watch.Elapsed > Slow) output.WriteLine($"mutant {mutant.Number} took {watch.Elapsed.TotalSeconds:F1} s");
            if (Trial.IsFault(outcome)) faults.Add(outcome);
            else if (watch.Elapsed > Longest) faults.Add($"mutant {mutant.Number} took {watch.Elapsed.TotalSeconds:F1} s");
            string kind = Trial.IsFault(outcome) ? "fault" : outcome;
            outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
        }
        output.WriteLine(string.Join(", ", outcomes.Select(o => $"{o.Key} {o.Value}")));
        Assert.Empty(faults);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
