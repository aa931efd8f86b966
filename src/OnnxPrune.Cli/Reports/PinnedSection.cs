using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>The part of a document that lists the pinned weight axes.</summary>
internal static class PinnedSection
{
    private const int Shown = 20;

    /// <summary>The pinned weight axes by reason, with the costs of their weights.</summary>
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
                new Block.Paragraph("Weight axes from which no channel can be removed, by reason, with the parameters and MACs of their weights."),
                new Block.Table(["weight axes", " parameters", " MACs", "pinned by", "reason"], [.. rows], Shown),
            ],
            pinned.Count);
    }
}

/// <summary>The part of a document that lists the warnings.</summary>
internal static class WarningSection
{
    /// <summary>The warnings with their codes.</summary>
    public static Section Of(IReadOnlyList<WarningReport> warnings) =>
        new("Warnings", warnings.Count == 0 ? [] : [new Block.Bullets([.. warnings.Select(w => $"{w.Code}: {w.Message}")])], warnings.Count);
}
