using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>Pages in a browser: nothing is wider than a phone, and nothing is wrong.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [BrowserFact]
    public void A_report_fits_phones_and_screens()
    {
        Tool.Run("plan", TestModels.ResNet, "-o", folder.File("plan.json"), "--budget", "macs=50%", "--calibration", "none", "--report", folder.File("page.html")).Succeeded();

        Fits(File.ReadAllText(folder.File("page.html")));
    }

    [BrowserFact]
    public void An_inspection_fits_phones_and_screens()
    {
        Tool.Run("inspect", TestModels.Small(folder), "--format", "html", "-o", folder.File("page.html")).Succeeded();

        Fits(File.ReadAllText(folder.File("page.html")));
    }

    [BrowserFact]
    public void Long_names_fit_phones_and_screens() => Fits(HtmlPage.Of(SampleDocument.Of(new string('w', 200), 60, 60)));

    [BrowserFact]
    public void What_is_too_wide_is_seen()
    {
        const string Page = "<!DOCTYPE html><body style=\"margin:0\"><div style=\"width:600px\">wide</div>";

        Assert.Equal([600, 1280], Browser.Measure(Page, folder.Path, 390, 1280).Widths);
    }

    private void Fits(string page)
    {
        var (widths, console) = Browser.Measure(page, folder.Path, 390, 1280);

        Assert.Equal([390, 1280], widths);
        Assert.Equal("", console);
    }
}
