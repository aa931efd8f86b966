using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Cli.Reports.Markdown;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>The two forms of a document, whatever is in it.</summary>
public sealed partial class DocumentFormTests
{
    private const string Hostile = "</title><script>alert('1')</script><img src=x onerror=\"x\">&amp;|`@someone` #1 \u0001 _a_ [b](c)";

    [Fact]
    public void Names_from_a_model_are_no_markup_in_a_page()
    {
        var root = ReportFormTests.Parsed(HtmlPage.Of(SampleDocument.Of(Hostile, 50, 50)));

        Assert.DoesNotContain(root.Descendants(), e => e.Name.LocalName is "script" or "img");
        Assert.Equal(Hostile.Replace('\u0001', '\uFFFD'), root.Descendants("h1").Single().Value);
        Assert.All(root.DescendantsAndSelf().Attributes(), a => Assert.False(a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_from_a_model_are_no_markup_in_markdown()
    {
        string text = MarkdownPage.Of(SampleDocument.Of(Hostile, 50, 50));

        string prose = Code().Replace(text, "");
        Assert.DoesNotMatch("<(?!/?(details|summary|sub)>)", prose);
        Assert.DoesNotMatch(@"(?<!\\)[`@]", prose);
        var rows = text.Split('\n').Where(line => line.StartsWith('|') && line.Contains("alert", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.InRange(Bar().Count(row), 3, 7));
    }

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("``", "``` `` ```")]
    [InlineData("a|b\nc", "`a\\|b c`")]
    [InlineData("", "")]
    public void Names_are_code_in_markdown(string name, string code) => Assert.Equal(code, MarkdownText.Code(name));

    [Fact]
    public void Large_models_stay_small_and_whole()
    {
        string name = "/model/encoder/layers.11/self_attn/query_projection/MatMul";
        var document = SampleDocument.Of(name, 1000, 300);

        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlPage.Of(document)), 0, 2_000_000);
        Assert.InRange(MarkdownPage.Of(document).Length, 0, 65_536);
    }

    [Fact]
    public void Text_has_enough_contrast_in_light_and_dark()
    {
        var palettes = HtmlStyle.Screen.Split("prefers-color-scheme: dark")
            .Select(part => Variable().Matches(part).ToDictionary(m => m.Groups[1].Value, m => Luminance(m.Groups[2].Value)));

        Assert.All(palettes, colours =>
        {
            foreach (string text in new[] { "ink", "soft", "accent", "bad" }) Assert.InRange(Contrast(colours[text], colours["paper"]), 4.5, 21);
            Assert.InRange(Contrast(colours["accent"], colours["was"]), 3, 21);
        });
    }

    private static double Contrast(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);

    // WCAG 2: relative luminance of #rgb or #rrggbb.
    private static double Luminance(string colour)
    {
        string full = colour.Length == 3 ? string.Concat(colour.Select(c => $"{c}{c}")) : colour;
        double[] weights = [0.2126, 0.7152, 0.0722];
        double Channel(int i) => int.Parse(full.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return Enumerable.Range(0, 3).Sum(i => weights[i] * Linear(Channel(i)));
    }

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    [GeneratedRegex(@"--(\w+): #([0-9a-f]{3,6});")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
