using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes the document of an <see cref="ExplainReport"/>.</summary>
internal static class ExplainDocument
{
    private const int ShownSteps = 60;

    /// <summary>The document.</summary>
    public static Document Of(ExplainReport report) => new(
        report.Command,
        Path.GetFileName(report.Model),
        $"Axes coupled with {report.Subject}, and reasons that pin it.",
        null,
        [],
        [
            .. report.Axes.SelectMany(Pins),
            .. report.Groups.Select(group => Steps($"{group.Id}: {group.Channels} {group.Kind}", Lead(group), group.Places)),
        ],
        report.Tool);

    private static IEnumerable<Section> Pins(AxisExplanation axis) =>
        axis.Pins.Select(pin => Steps($"{axis.Axis} = {axis.Layout}", $"Pinned: {pin.Text()}.", pin.Path));

    private static string Lead(GroupExplanation group) =>
        $"The group occurs on {group.Weights.Count} weight axes and is {group.Exactness()}.";

    private static Section Steps(string title, string lead, IReadOnlyList<HopReport> hops)
    {
        var rows = hops.Skip(1)
            .Select(hop => new Cell[] { new Cell.Name(hop.Axis), hop.Layout, hop.Through ?? "", new Cell.Name(hops[hop.From].Axis) })
            .ToList();
        Block[] table = rows.Count > 0 ? [new Block.Table(["axis", "layout", "through", "from"], rows, ShownSteps)] : [];
        return new Section(title, [new Block.Paragraph(lead), .. table]);
    }
}
