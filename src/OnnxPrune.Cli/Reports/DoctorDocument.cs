using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>A <see cref="DoctorReport"/> as a document.</summary>
internal static class DoctorDocument
{
    /// <summary>The document.</summary>
    public static Document Of(DoctorReport report)
    {
        var working = report.Providers.Where(p => p.Works).Select(p => p.Name).ToList();
        string lead = working.Count > 0 ? $"Models run on {string.Join(", ", working)}." : "Models run nowhere.";
        return new(report.Command, report.Platform, lead, null, [], [Machine(report), .. report.Providers.Select(Provider)], report.Tool);
    }

    private static Section Machine(DoctorReport report) =>
        new("Machine", [new Block.Facts([.. DoctorTable.Facts(report).Select(fact => (fact.Name, (Cell)fact.Value))])]);

    private static Section Provider(ProviderReport provider)
    {
        string[] cures = [.. DoctorTable.Cures(provider)];
        Block[] missing = cures.Length > 0 ? [new Block.Bullets(cures)] : [];
        return new(provider.Name, [new Block.Paragraph(DoctorTable.State(provider)), .. missing]);
    }
}
