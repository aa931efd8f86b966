using Spectre.Console;

namespace OnnxPrune.Cli;

/// <summary>The capabilities of a standard stream.</summary>
/// <param name="IsPlain">True for files, pipes and terminals without control sequences: ASCII of a fixed width, the same on every machine.</param>
/// <param name="HasColors">True to use colours.</param>
internal sealed record StreamStyle(bool IsPlain, bool HasColors)
{
    /// <summary>The width of plain output in columns.</summary>
    public const int PlainWidth = 100;

    /// <summary>Plain, without colours.</summary>
    public static StreamStyle Plain { get; } = new(IsPlain: true, HasColors: false);

    /// <summary>The style of standard output.</summary>
    public static StreamStyle OfOutput(ColorMode color) => Of(Console.IsOutputRedirected, color, Environment.GetEnvironmentVariable);

    /// <summary>The style of standard error.</summary>
    public static StreamStyle OfError(ColorMode color) => Of(Console.IsErrorRedirected, color, Environment.GetEnvironmentVariable);

    /// <summary>The style of a stream with these environment variables: TERM=dumb is plain, and a non-empty NO_COLOR disables colours.</summary>
    public static StreamStyle Of(bool isRedirected, ColorMode color, Func<string, string?> variable)
    {
        bool isPlain = isRedirected || variable("TERM") == "dumb";
        bool wantsColors = color == ColorMode.Always || (color == ColorMode.Auto && !isPlain && string.IsNullOrEmpty(variable("NO_COLOR")));
        return new StreamStyle(isPlain, wantsColors);
    }

    /// <summary>Text in bold, if supported.</summary>
    public string Bold(string text) => Styled(text, "1");

    /// <summary>Text in bold red, if supported.</summary>
    public string Red(string text) => Styled(text, "1;31");

    /// <summary>Text in yellow, if supported.</summary>
    public string Yellow(string text) => Styled(text, "33");

    /// <summary>A console of this style.</summary>
    public IAnsiConsole Open(TextWriter writer)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (!HasColors) settings.ColorSystem = ColorSystemSupport.NoColors;
        if (!IsPlain) return AnsiConsole.Create(settings);
        settings.Ansi = AnsiSupport.No;
        settings.Interactive = InteractionSupport.No;
        settings.Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false };
        var plain = AnsiConsole.Create(settings);
        plain.Profile.Width = PlainWidth;
        plain.Profile.Capabilities.Unicode = false;
        return plain;
    }

    private string Styled(string text, string code) => HasColors ? $"\e[{code}m{text}\e[0m" : text;
}
