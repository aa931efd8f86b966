using System.Diagnostics;
using System.Globalization;
using OnnxPrune.Groups;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnnxPrune.Cli;

/// <summary>
/// The output of a run. Redirected output is plain ASCII of a fixed width, the same on every machine; progress appears only on terminals.
/// </summary>
internal sealed class Terminal
{
    private const int MostWarnings = 20;
    private readonly IAnsiConsole console;
    private readonly StreamStyle style;
    private readonly Verbosity verbosity;
    private readonly ColorMode color;

    private Terminal(TextWriter writer, StreamStyle style, Verbosity verbosity, ColorMode color)
    {
        console = style.Open(writer);
        this.style = style;
        this.verbosity = verbosity;
        this.color = color;
    }

    /// <summary>Standard output.</summary>
    public static Terminal Standard(Verbosity verbosity, ColorMode color) => new(Console.Out, StreamStyle.OfOutput(color), verbosity, color);

    /// <summary>Plain output into a text.</summary>
    public static Terminal To(StringWriter text) => new(text, StreamStyle.Plain, Verbosity.Minimal, ColorMode.Never);

    /// <summary>The text that <paramref name="print"/> prints.</summary>
    public static string Printed(Action<Terminal> print)
    {
        using var text = new StringWriter();
        print(To(text));
        return text.ToString();
    }

    /// <summary>True if output is plain ASCII.</summary>
    public bool IsPlain => style.IsPlain;

    /// <summary>Runs a stage with a progress line on a terminal, and prints its time at <see cref="Verbosity.Detailed"/> and above.</summary>
    public T During<T>(string name, Func<Action<int, int>, T> work)
    {
        var clock = Stopwatch.StartNew();
        var error = StreamStyle.OfError(color);
        bool shows = verbosity >= Verbosity.Normal && !error.IsPlain;
        var result = shows ? Progress.Show(name, error, work) : work((_, _) => { });
        if (verbosity >= Verbosity.Detailed)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {clock.Elapsed.TotalSeconds:F2} s"));
        return result;
    }

    /// <summary>Prints one line of a result without wrapping.</summary>
    public void Line(string text = "")
    {
        if (verbosity > Verbosity.Quiet) Text(text + "\n");
    }

    /// <summary>Prints one line of a result at <see cref="Verbosity.Detailed"/> and above.</summary>
    public void Detail(string text)
    {
        if (verbosity >= Verbosity.Detailed) Text(text + "\n");
    }

    /// <summary>Prints a requested document unchanged, also at <see cref="Verbosity.Quiet"/>.</summary>
    public void Text(string text) => console.Profile.Out.Writer.Write(text);

    /// <summary>
    /// Prints a table with these columns. A column whose name begins with a space is right-aligned. If all names are empty, there is no header.
    /// </summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (verbosity == Verbosity.Quiet) return;
        var border = style.IsPlain ? TableBorder.Ascii : TableBorder.Rounded;
        var table = new Table { Border = border, ShowHeaders = columns.Any(name => name.Length > 0) };
        foreach (string name in columns)
            table.AddColumn(new TableColumn(new Text(name.Trim())) { Alignment = name.StartsWith(' ') ? Justify.Right : Justify.Left });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)).ToArray<IRenderable>());
        console.Write(table);
    }

    /// <summary>Prints a warning on standard error.</summary>
    public void Warn(Diagnostic warning)
    {
        if (verbosity > Verbosity.Quiet) Messages.Write(warning, color);
    }

    /// <summary>Prints the first warnings of an analysis on standard error, and the number of further ones.</summary>
    public void Warn(ModelAnalysis analysis)
    {
        if (verbosity == Verbosity.Quiet) return;
        var warnings = analysis.Warnings.Select(w => w with { File = w.File ?? analysis.Source.Path }).ToList();
        foreach (var warning in warnings.Take(MostWarnings)) Messages.Write(warning, color);
        int hidden = warnings.Count - MostWarnings;
        if (hidden > 0) Messages.Write(warnings[MostWarnings] with { Message = $"and {hidden} more; 'onnxprune inspect' lists them all" }, color);
    }
}
