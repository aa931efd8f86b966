using OnnxPrune.Diagnostics;

namespace OnnxPrune.Planning;

public class KeptRangesTests
{
    [Theory]
    [InlineData("1111", "0-3")]
    [InlineData("1000", "0")]
    [InlineData("0110", "1-2")]
    [InlineData("1011101", "0,2-4,6")]
    public void Ranges_name_what_is_kept(string mask, string ranges)
    {
        Assert.Equal(ranges, KeptRanges.Format(Bits(mask)));
        Assert.Equal(Bits(mask), KeptRanges.Parse(ranges, mask.Length));
    }

    [Fact]
    public void Random_masks_survive_the_round_trip()
    {
        var random = new Random(1);
        for (int round = 0; round < 1000; round++)
        {
            bool[] mask = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(2) == 0)];
            mask[random.Next(mask.Length)] = true;
            Assert.Equal(mask, KeptRanges.Parse(KeptRanges.Format(mask), mask.Length));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("4")]
    [InlineData("2-4")]
    [InlineData("3-1")]
    [InlineData("-1")]
    [InlineData("0-")]
    [InlineData("0-1-2")]
    [InlineData("a")]
    [InlineData("99999999999")]
    public void What_is_not_ranges_of_the_group_is_refused(string ranges) =>
        Assert.Equal(ErrorCodes.NotAPlan, Assert.Throws<OnnxPruneException>(() => KeptRanges.Parse(ranges, 4)).Code);

    private static bool[] Bits(string mask) => [.. mask.Select(c => c == '1')];
}
