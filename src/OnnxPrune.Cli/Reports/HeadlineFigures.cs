using System.Globalization;
using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>The main figures of two models, for the terminal and for documents.</summary>
internal static class HeadlineFigures
{
    /// <summary>Cost and size, and latency and accuracy if they were measured.</summary>
    public static IEnumerable<Figure> Of(PruneReport report)
    {
        var (before, after) = (report.Before, report.After);
        yield return Count("MACs", before.Macs, after.Macs, n => UncountedReport.Total(Figures.Count(n), report.NotCounted));
        yield return Count("parameters", before.Parameters, after.Parameters, Figures.Count);
        if (after.FileBytes is { } bytes) yield return Count("file size", before.FileBytes!.Value, bytes, Figures.Bytes);
        else yield return Count("weights", before.WeightBytes, after.WeightBytes, Figures.Bytes);
        if (report.Latency is { } latency) yield return LatencySection.FigureOf("latency", latency);
        if (before.Accuracy is not { } accuracy || after.Accuracy is not { } left) yield break;
        yield return new Figure("accuracy", Figures.Accuracy(accuracy.Top1), Figures.Accuracy(left.Top1), Points(left.Top1 - accuracy.Top1));
    }

    /// <summary>A count with its remaining share.</summary>
    public static Figure Count(string name, long before, long after, Func<long, string> text)
    {
        double share = before == 0 ? 1 : (double)after / before;
        return new Figure(name, text(before), text(after), before == 0 ? "" : Figures.Percent(share), share);
    }

    private static string Points(double difference) => string.Create(CultureInfo.InvariantCulture, $"{difference * 100:+0.00;-0.00;0.00} points");
}
