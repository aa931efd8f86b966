using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>What cannot be pruned, as people read it.</summary>
internal static class PinnedSection
{
    private const int Shown = 20;

    /// <summary>The weight axes by the reason that pins them, with what they hold.</summary>
    public static Section Of(IReadOnlyList<PinnedReport> pinned)
    {
        if (pinned.Count == 0) return new Section("Pinned", []);
        var rows = pinned.Select(p => new Cell[]
        {
            new Cell.Names(p.Axes), Figures.Count(p.Parameters), Figures.Count(p.Macs), new Cell.Name(InspectTable.Pinner(p)), p.Reason,
        });
        return new Section(
            "Pinned",
            [
                new Block.Paragraph("Weight axes that cannot lose channels, by reason, with what these weights hold."),
                new Block.Table(["weight axes", " parameters", " MACs", "pinned by", "reason"], [.. rows], Shown),
            ],
            pinned.Count);
    }
}

/// <summary>What was left alone, as people read it.</summary>
internal static class WarningSection
{
    /// <summary>The warnings with their codes.</summary>
    public static Section Of(IReadOnlyList<WarningReport> warnings) =>
        new("Warnings", warnings.Count == 0 ? [] : [new Block.Bullets([.. warnings.Select(w => $"{w.Code}: {w.Message}")])], warnings.Count);
}
