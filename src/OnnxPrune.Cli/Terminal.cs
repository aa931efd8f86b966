using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnnxPrune.Cli;

/// <summary>
/// Where output goes. Redirected output is plain ASCII of a fixed width, the same on every machine; progress is shown on terminals only.
/// </summary>
internal sealed class Terminal
{
    private const int RedirectedWidth = 100;
    private const int MostWarnings = 20;
    private readonly IAnsiConsole console;
    private readonly bool isPlain;
    private readonly bool showsProgress;

    private Terminal(TextWriter writer, bool isPlain, bool showsProgress)
    {
        console = Create(writer, isPlain);
        this.isPlain = isPlain;
        this.showsProgress = showsProgress;
    }

    /// <summary>Standard output; with <paramref name="json"/> it belongs to one JSON document.</summary>
    public static Terminal Standard(bool json) =>
        new(Console.Out, Console.IsOutputRedirected, !json && !Console.IsOutputRedirected && !Console.IsErrorRedirected);

    /// <summary>Output as it is when redirected, to a text.</summary>
    public static Terminal To(StringWriter text) => new(text, isPlain: true, showsProgress: false);

    /// <summary>Runs work under a progress line.</summary>
    public T During<T>(string name, Func<T> work) =>
        showsProgress ? Create(Console.Error, isPlain: false).Status().Start($"{Markup.Escape(name)} ...", _ => work()) : work();

    /// <summary>Runs work that tells how far it is under a progress line with count and time left.</summary>
    public T During<T>(string name, Func<Action<int, int>, T> work)
    {
        if (!showsProgress) return work((_, _) => { });
        string label = Markup.Escape(name);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        return Create(Console.Error, isPlain: false).Status().Start($"{label} ...", status => work((done, total) =>
        {
            var left = clock.Elapsed * ((double)(total - done) / Math.Max(1, done));
            status.Status = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{label} ... {done} of {total}, {left:m\\:ss} left");
        }));
    }

    /// <summary>Prints one line, however long.</summary>
    public void Line(string text = "") => Text(text + "\n");

    /// <summary>Prints text as it is.</summary>
    public void Text(string text) => console.Profile.Out.Writer.Write(text);

    /// <summary>
    /// Prints a table with these columns; those whose name begins with a blank are aligned to the right. Without names it has no header.
    /// </summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = isPlain ? TableBorder.Ascii : TableBorder.Rounded, ShowHeaders = columns.Any(name => name.Length > 0) };
        foreach (string name in columns)
            table.AddColumn(new TableColumn(new Text(name.Trim())) { Alignment = name.StartsWith(' ') ? Justify.Right : Justify.Left });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)).ToArray<IRenderable>());
        console.Write(table);
    }

    /// <summary>Prints the first warnings of an analysis on standard error, and how many more there are.</summary>
    public static void Warn(ModelAnalysis analysis)
    {
        var warnings = analysis.Warnings.Select(w => w with { File = w.File ?? analysis.Source.Path }).ToList();
        foreach (var warning in warnings.Take(MostWarnings)) Console.Error.WriteLine(warning);
        int hidden = warnings.Count - MostWarnings;
        if (hidden > 0) Console.Error.WriteLine(warnings[MostWarnings] with { Message = $"and {hidden} more; 'onnxprune inspect' lists them all" });
    }

    private static IAnsiConsole Create(TextWriter writer, bool isPlain)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (!isPlain) return AnsiConsole.Create(settings);
        settings.Ansi = AnsiSupport.No;
        settings.ColorSystem = ColorSystemSupport.NoColors;
        settings.Interactive = InteractionSupport.No;
        settings.Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false };
        var plain = AnsiConsole.Create(settings);
        plain.Profile.Width = RedirectedWidth;
        plain.Profile.Capabilities.Unicode = false;
        return plain;
    }
}
