using System.Globalization;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

public class ReshapeBlocksTests
{
    [Theory]
    [InlineData("2 3 4", "2 12", "0:1>0:1 1:3>1:2")]
    [InlineData("2 12", "2 3 4", "0:1>0:1 1:2>1:3")]
    [InlineData("6 4", "4 6", "0:2>0:2")]
    [InlineData("2 3 4 5", "6 20", "0:2>0:1 2:4>1:2")]
    [InlineData("2 1 3", "2 3", "0:1>0:1 1:3>1:2")]
    [InlineData("N 8 H", "N 2 4 H", "0:1>0:1 1:2>1:3 2:3>3:4")]
    [InlineData("N 8 H", "N*8 H", "0:2>0:1 2:3>1:2")]
    [InlineData("12", "12 1", "0:1>0:1 1:1>1:2")]
    public void Blocks_are_minimal(string from, string to, string expected)
    {
        var blocks = ReshapeBlocks.Find(Sizes(from), Sizes(to));
        Assert.Equal(expected, string.Join(' ', blocks!.Select(b => $"{b.InStart}:{b.InEnd}>{b.OutStart}:{b.OutEnd}")));
    }

    [Theory]
    [InlineData("N 8", "8 N2")]
    [InlineData("N 8", "?")]
    [InlineData("2 3", "7")]
    public void What_the_sizes_do_not_decide_has_no_blocks(string from, string to) => Assert.Null(ReshapeBlocks.Find(Sizes(from), Sizes(to)));

    [Fact]
    public void Random_blocks_cover_all_axes_with_equal_products()
    {
        var random = new Random(1);
        for (int round = 0; round < 1000; round++)
        {
            var from = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Size.Of(random.Next(1, 5))).ToList();
            var to = Shuffled(from, random);
            var blocks = ReshapeBlocks.Find(from, to)!;
            Assert.Equal(from.Count, blocks.Sum(b => b.InEnd - b.InStart));
            Assert.Equal(to.Count, blocks.Sum(b => b.OutEnd - b.OutStart));
            Assert.All(blocks, b => Assert.Equal(Product(from, b.InStart, b.InEnd), Product(to, b.OutStart, b.OutEnd)));
        }
    }

    // The prime factors in order, grouped anew.
    private static List<Size> Shuffled(List<Size> sizes, Random random)
    {
        var result = new List<Size> { Size.One };
        foreach (long factor in sizes.SelectMany(s => s.Value == 4 ? new long[] { 2, 2 } : [s.Value]))
        {
            if (random.Next(2) == 0) result.Add(Size.Of(factor));
            else result[^1] *= Size.Of(factor);
        }
        return result;
    }

    private static Size Product(List<Size> sizes, int start, int end) => sizes.Take(start..end).Aggregate(Size.One, (n, s) => n * s);

    private static List<Size> Sizes(string text) => [.. text.Split(' ').Select(One)];

    private static Size One(string text) => text switch
    {
        "N" => Algebra.Batch,
        "N2" => Algebra.Batch * Algebra.Batch,
        "N*8" => Algebra.Batch * Size.Of(8),
        "H" => new Size([64, 96, 160, 224]),
        "?" => Size.Unknown,
        _ => Size.Of(long.Parse(text, CultureInfo.InvariantCulture)),
    };
}
