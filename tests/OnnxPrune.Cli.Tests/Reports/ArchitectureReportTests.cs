using OnnxPrune.Allocation;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>Reports of networks that are built in different ways.</summary>
public sealed class ArchitectureReportTests
{
    [Theory]
    [InlineData("bert_small")]
    [InlineData("densenet121")]
    [InlineData("lstm_bi")]
    [InlineData("resnext50_32x4d")]
    [InlineData("swin_t")]
    [InlineData("yolo_c2f")]
    public void Layers_add_up_and_the_pages_are_small_and_well_formed(string name)
    {
        var analysis = ModelAnalysis.Run(Zoo.LoadTopology(name));
        var plan = Planner.Plan(analysis, new PruneOptions { Budget = new Budget(BudgetKind.Macs, 0.7), AllowApproximate = true });
        var report = PruneReport.Of("plan", plan, []);

        Assert.Equal(report.Before.Macs, report.Layers.Sum(l => l.Macs.Before));
        Assert.Equal(report.After.Macs, report.Layers.Sum(l => l.Macs.After));
        Assert.Equal(report.Before.Parameters, report.Layers.Sum(l => l.Parameters.Before));
        Assert.Equal(report.After.Parameters, report.Layers.Sum(l => l.Parameters.After));
        foreach (var document in new[] { report.ToDocument(), Inspection.Of(analysis).ToDocument() })
        {
            string page = HtmlPage.Of(document);
            Assert.Equal(name + ".onnx", ReportFormTests.Parsed(page).Descendants("h1").Single().Value);
            Assert.InRange(page.Length, 0, 1_000_000);
        }
    }
}
