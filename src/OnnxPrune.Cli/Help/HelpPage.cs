using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Help;

/// <summary>The help of a command: description, examples, usage, arguments and options.</summary>
/// <param name="style">The style of the output stream.</param>
/// <param name="width">The width in columns.</param>
internal sealed class HelpPage(StreamStyle style, int width)
{
    private const int WidestPage = 120;

    /// <summary>A page for standard output or standard error.</summary>
    public static HelpPage For(StreamStyle style, TextWriter stream) => new(style, Math.Clamp(style.Open(stream).Profile.Width - 1, 40, WidestPage));

    /// <summary>The complete help.</summary>
    public string Full(Command command)
    {
        var sections = OptionSection.Of(command).Select(Options);
        return Joined([Introduction(command), Examples(command), Usage(command), Arguments(command), Commands(command), .. sections, Hint(command)]);
    }

    /// <summary>The help without options.</summary>
    public string Brief(Command command) => Joined([Usage(command), Commands(command), Hint(command)]);

    private static string Joined(IEnumerable<string> parts) => string.Join('\n', parts.Where(part => part.Length > 0));

    private string Introduction(Command command) => string.Join('\n', Columns.Wrap(command.Description ?? "", width)) + "\n";

    private string Examples(Command command)
    {
        var examples = TaughtCommand.Of(command);
        return Titled("Examples", string.Concat(examples.Select(e => $"  # {e.Purpose}\n  {e.Line}\n")));
    }

    private string Usage(Command command)
    {
        var required = command.Options.Where(o => o.Required).Select(o => $"{o.Name} {ValueNotation.Of(o).Text}");
        var arguments = CommandTree.Arguments(command).Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name);
        var commands = command.Subcommands.Count > 0 ? new[] { "COMMAND" } : [];
        return Titled("Usage", $"  {string.Join(' ', [CommandTree.Path(command), .. commands, .. arguments, .. required, "[options]"])}\n");
    }

    private string Arguments(Command command) => Section("Arguments", CommandTree.Arguments(command).Select(a => (a.Name, a.Description ?? "")));

    private string Options(OptionSection section) =>
        Section(section.Title, section.Options.Select(o => (OptionText.Label(o), OptionText.Description(o))));

    private string Commands(Command command) => Section("Commands", CommandTree.Commands(command).Select(c => (c.Name, c.Description ?? "")));

    private static string Hint(Command command) =>
        command.Subcommands.Count > 0 ? $"'{CommandTree.Path(command)} help COMMAND' shows the help of a command.\n" : "";

    private string Section(string title, IEnumerable<(string Term, string Text)> rows) => Titled(title, Columns.Of([.. rows], width));

    private string Titled(string title, string text) => text.Length == 0 ? "" : $"{style.Bold(title + ":")}\n{text}";
}
