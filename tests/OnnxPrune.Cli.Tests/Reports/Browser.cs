using System.Diagnostics;
using System.Net;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>A headless Chromium.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Options =
        ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--enable-logging=stderr", "--dump-dom"];

    /// <summary>The program; null where none is installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names, Path.Combine).FirstOrDefault(File.Exists);

    /// <summary>The width that the content of a page takes at each width of the window, everything unfolded, and what the console said.</summary>
    public static (IReadOnlyList<int> Widths, string Console) Measure(string page, string folder, params IReadOnlyList<int> windows)
    {
        string harness = Path.Combine(folder, "harness.html");
        File.WriteAllText(harness, $$"""
            <!DOCTYPE html><meta charset="utf-8">
            <iframe id="frame" height="800" srcdoc="{{WebUtility.HtmlEncode(page)}}"></iframe>
            <output id="widths"></output>
            <script>
              addEventListener('load', () => {
                const content = frame.contentDocument.documentElement;
                content.querySelectorAll('details').forEach(part => part.open = true);
                const measure = width => { frame.style.width = width + 'px'; return content.scrollWidth; };
                widths.textContent = [{{string.Join(',', windows)}}].map(measure).join(' ');
              });
            </script>
            """);
        var start = new ProcessStartInfo(
            Program!,
            [.. Options, $"--user-data-dir={Path.Combine(folder, "profile")}", $"file://{harness}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string widths = dom.Split("<output id=\"widths\">")[^1].Split('<')[0];
        var console = errors.Result.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal));
        return ([.. widths.Split(' ').Select(int.Parse)], string.Join('\n', console));
    }
}

/// <summary>A test that needs a browser; where there is none it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Program is null ? "Chromium is not installed" : null;
}
