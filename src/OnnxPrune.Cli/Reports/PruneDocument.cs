using System.Globalization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes the document of a <see cref="PruneReport"/>.</summary>
internal static class PruneDocument
{
    private const int DrawnLayers = 8, ShownLayers = 40, ShownGroups = 40, ShownPlots = 12;

    /// <summary>The document.</summary>
    public static Document Of(PruneReport report) => new(
        report.Command,
        Path.GetFileName(report.Model),
        Lead(report),
        VerdictOf(report),
        [.. HeadlineFigures.Of(report)],
        [.. Sections(report).Where(s => s.Blocks.Count > 0)],
        report.Tool);

    private static Finding? VerdictOf(PruneReport report)
    {
        if (report.Verification is { } result) return VerificationSection.VerdictOf(result);
        return report.Output is null ? null : new Finding(Outcome.Open, "Not verified", "because --no-verify was given");
    }

    private static string Lead(PruneReport report)
    {
        int losing = report.Groups.Count(g => g.Kept < g.Size);
        string groups = $"{losing} of {report.Groups.Count} groups lose channels";
        string channels = $"{Figures.Whole(report.After.Channels)} of {Figures.Whole(report.Before.Channels)} channels are kept";
        string budget = report.Options.Budget;
        string what = report.Output is { } output ? $"Pruned to {budget} and written to {Path.GetFileName(output)}" : $"Plan for {budget}";
        return $"{what}. {groups}; {channels}.";
    }

    private static IEnumerable<Section> Sections(PruneReport report)
    {
        yield return Layers(report.Layers);
        yield return Groups(report.Groups);
        yield return Sensitivity(report.Groups);
        if (Recovery(report) is { } recovery) yield return recovery;
        if (report.Verification is { } result) yield return VerificationSection.Of(result);
        if (report.Latency is { } latency) yield return LatencySection.Of("original", "pruned", [latency]);
        yield return PinnedSection.Of(report.Pinned);
        yield return new Section("Notes", Listed(report.Notes));
        yield return UncountedReport.SectionOf(report.NotCounted);
        yield return WarningSection.Of(report.Warnings);
        yield return new Section("Options", [new Block.Facts([.. Options(report.Options)])]);
        if (report.Decision is not { } decision) yield break;
        yield return new Section("Plan", [new Block.Attachment("plan.json", "application/json", PlanFile.ToJson(decision.ToPlan()))]);
    }

    private static IReadOnlyList<Block> Listed(IReadOnlyList<string> items) => items.Count == 0 ? [] : [new Block.Bullets(items)];

    private static Section Layers(IReadOnlyList<LayerChange> layers)
    {
        var computing = layers.Where(l => l.Macs.Before > 0).ToList();
        if (computing.Count == 0) return new Section("Layers", []);
        double most = computing.Max(l => l.Macs.Before);
        var rows = computing.Select(l => new Cell[]
        {
            new Cell.Name(l.Node), l.Op, new Cell.Bar(l.Macs.Before / most, l.Macs.After / most),
            Change(l.Macs), Figures.Percent(l.Macs.Remaining()), Change(l.Parameters),
        });
        string[] columns = ["layer", "operator", "before and after", " MACs", " remaining", " parameters"];
        var blocks = new List<Block> { new Block.Table(columns, [.. rows], ShownLayers) };
        var profile = computing.Select(l => (l.Node, (double)l.Macs.Before, (double)l.Macs.After));
        if (computing.Count > DrawnLayers)
            blocks.Insert(0, new Block.Profile("MACs of the layers in the order of the graph, before and after", [.. profile]));
        var others = layers.Where(l => l.Macs.Before == 0).ToList();
        if (others.Count > 0)
        {
            string before = Figures.Count(others.Sum(l => l.Parameters.Before)), after = Figures.Count(others.Sum(l => l.Parameters.After));
            blocks.Add(new Block.Paragraph($"{others.Count} other nodes have {before} parameters before pruning and {after} after."));
        }
        return new Section("Layers", blocks, computing.Count);
    }

    private static Cell Change(CountChange count) => count switch
    {
        { Before: 0 } => "",
        { } same when same.Before == same.After => Figures.Count(same.Before),
        _ => new Cell.Change(Figures.Count(count.Before), Figures.Count(count.After)),
    };

    private static Section Groups(IReadOnlyList<GroupChange> groups)
    {
        if (groups.Count == 0) return new Section("Groups", []);
        var rows = groups.OrderByDescending(g => g.Size - g.Kept).Select(g => new Cell[]
        {
            new Cell.Name(g.Id), (g.Kind ?? "channels") + (g.Exact ? "" : ", approximate"), new Cell.ChannelMap(KeptRanges.Parse(g.Ranges, g.Size)),
            new Cell.Change(Figures.Whole(g.Size), Figures.Whole(g.Kept)), Figures.Percent((double)g.Kept / g.Size), new Cell.Spark(Importance(g)),
        });
        return new Section(
            "Groups of coupled channels",
            [
                new Block.Paragraph(
                    "The channels of a group are removed together. The map shows the kept channels; "
                    + "the curve shows the importance of the channels in ascending order, and the cut."),
                new Block.Table(["group", "kind", "kept channels", " channels", " kept", "importance"], [.. rows], ShownGroups),
            ],
            groups.Count);
    }

    private static Curve? Importance(GroupChange group) => group.Curve is { } curve ? CurveOf(group, curve, curve.Importance) : null;

    private static Curve CurveOf(GroupChange group, CurveReport curve, IReadOnlyList<double> heights) =>
        new([.. curve.Removed.Select(k => (double)k / group.Size)], heights, group.Kept < group.Size ? 1 - ((double)group.Kept / group.Size) : null);

    private static Section Sensitivity(IReadOnlyList<GroupChange> groups)
    {
        var measured = from g in groups
                       let curve = g.Curve
                       let errors = curve?.OutputError
                       where errors is { Count: > 1 }
                       let atCut = errors[curve.Removed.ToList().IndexOf(g.Size - g.Kept)]
                       orderby atCut descending
                       let text = $"{atCut.ToString("g2", CultureInfo.InvariantCulture)} at {Figures.Percent(1 - ((double)g.Kept / g.Size))}"
                       select (g.Id, text, CurveOf(g, curve, errors));
        var curves = measured.ToList();
        if (curves.Count == 0) return new Section("Sensitivity", []);
        return new Section("Sensitivity", [new Block.Plots("Relative squared error of the outputs", curves, ShownPlots)], curves.Count);
    }

    private static Section? Recovery(PruneReport report)
    {
        var rows = new List<(string, Cell)>();
        if (report.Calibration is { } data) rows.Add(("calibration samples", $"{Figures.Whole(data.Samples)} of {data.Source}"));
        if (report.Recovery is { } recovery)
        {
            rows.Add(("recovery", recovery.Methods));
            rows.Add(("relative output error", new Cell.Change(Error(recovery.ErrorBefore), Error(recovery.ErrorAfter))));
        }
        if (report.OutputChange is { } change)
        {
            rows.Add(("outputs compared on", $"{Figures.Whole(change.Samples)} samples of {change.Source}"));
            rows.Add(("change of the outputs, of their variance", Figures.Percent(change.VarianceShare)));
            if (change.TopClassAgreement is { } agreement) rows.Add(("same top class", Figures.Percent(agreement)));
        }
        return rows.Count == 0 ? null : new Section("Outputs, calibration and recovery", [new Block.Facts(rows)]);
    }

    private static string Error(double error) => error.ToString("0.####", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, Cell Value)> Options(PlanOptions options)
    {
        yield return ("budget", options.Budget);
        yield return ("criterion", options.Criterion);
        yield return ("scope", options.Scope);
        yield return ("granularity", options.Granularity);
        yield return ("largest share removed", Figures.Percent(options.MaxSparsity));
        if (options.RoundTo is not 1)
        {
            string usual = "8 in groups of 128 or more, 4 in groups of 16 or more";
            yield return ("multiples of", options.RoundTo is { } multiple ? Figures.Whole(multiple) : usual);
        }
        if (options.MinChannels > 1) yield return ("smallest group", Figures.Whole(options.MinChannels));
        if (options.Include.Count > 0) yield return ("included", new Cell.Names(options.Include));
        if (options.Exclude.Count > 0) yield return ("excluded", new Cell.Names(options.Exclude));
        if (options.Dimensions.Count > 0) yield return ("dimensions", string.Join(", ", options.Dimensions.Select(d => $"{d.Key}={d.Value}")));
        yield return ("recovery", options.Recover);
    }
}
