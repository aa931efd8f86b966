using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>Reports as people read them.</summary>
public sealed partial class ReportFormTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Markdown_looks_as_approved() => Approved("report-small-md", Reported("plan.md"));

    [Fact]
    public Task A_page_looks_as_approved() =>
        Approved("report-small-html", Attached().Replace(Style().Replace(Reported("plan.html"), "<style>…</style>"), "base64,…"));

    [Fact]
    public void One_run_writes_all_forms()
    {
        string[] files = ["a.json", "a.md", "a.HTML"];
        Plan([.. files.SelectMany(f => new[] { "--report", folder.File(f) })]).Succeeded();

        Assert.Equal(['{', '#', '<'], files.Select(f => File.ReadAllText(folder.File(f))[0]));
    }

    [Fact]
    public void A_file_without_a_known_ending_is_wrong_usage()
    {
        var result = Plan("--report", folder.File("report.txt"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error OP2001: --report: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("reports are .json, .md or .html", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Two_reports_in_one_file_are_wrong_usage() =>
        Plan("--report", folder.File("a.md"), "--report", folder.File("a.md")).FailedWith("OP2001", 2);

    [Theory]
    [InlineData("prune", "--budget", "macs=60%", "--calibration", "none", "--no-verify")]
    [InlineData("inspect")]
    [InlineData("eval", "--data", "models/mnist-test-x.npy", "--labels", "models/mnist-test-y.npy")]
    public void Every_command_writes_a_page_that_is_well_formed_and_needs_nothing_else(string command, params string[] options)
    {
        string[] output = command == "prune" ? ["-o", folder.File("out.onnx")] : [];
        Tool.Run([command, TestModels.LeNet, .. output, "--report", folder.File("page.html"), .. options]).Succeeded();

        string page = File.ReadAllText(folder.File("page.html"));
        var root = Parsed(page);
        Assert.Equal("lenet-mnist.onnx", root.Descendants("h1").Single().Value);
        Assert.DoesNotMatch(@"https?:|(src|url)\s*[=(]|@import", page);
        Assert.All(root.DescendantsAndSelf().Attributes("href"), a => Assert.StartsWith("data:", a.Value, StringComparison.Ordinal));
        Assert.Empty(root.Descendants("script"));
    }

    [Fact]
    public void The_plan_can_be_saved_from_the_page()
    {
        var link = Parsed(Reported("page.html")).Descendants("a").Single();

        string data = link.Attribute("href")!.Value.Split(',')[1];
        Assert.Equal(File.ReadAllText(folder.File("plan.json")), System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        Assert.Equal("plan.json", link.Attribute("download")!.Value);
    }

    [Fact]
    public void Layers_add_up_to_the_model()
    {
        var report = Plan("--json").Succeeded().Json;
        long OfLayers(string measure, string when) =>
            report.GetProperty("layers").EnumerateArray().Sum(l => l.GetProperty(measure).GetProperty(when).GetInt64());

        foreach (string measure in new[] { "macs", "parameters" })
            foreach (string when in new[] { "before", "after" })
                Assert.Equal(report.GetProperty(when).GetProperty(measure).GetInt64(), OfLayers(measure, when));
    }

    /// <summary>The root element of a page, which must be XML.</summary>
    internal static XElement Parsed(string page) => XDocument.Parse(page[(page.IndexOf('>', StringComparison.Ordinal) + 1)..]).Root!;

    private ToolResult Plan(params string[] options) =>
        Tool.Run(["plan", TestModels.LeNet, "-o", folder.File("plan.json"), "--budget", "macs=50%", "--calibration", "none", .. options]);

    private string Reported(string name)
    {
        TestModels.Small(folder);
        var result = Tool.RunIn(folder.Path, "plan", "small.onnx", "-o", "plan.json", "--budget", "params=80%", "--calibration", "none", "--report", name);
        Assert.Equal(0, result.ExitCode);
        return File.ReadAllText(folder.File(name));
    }

    private static Task Approved(string name, string text) =>
        Verifier.Verify(text.Replace(ToolVersion.Text, "OnnxPrune VERSION", StringComparison.Ordinal))
            .UseDirectory("../../../golden").UseFileName(name);

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Attached();
}
