using System.Text;

namespace OnnxPrune.MSBuild;

/// <summary>Writes arguments as a command line. Programs split it into the same arguments, by the rules that .NET and C share.</summary>
internal static class CommandLineText
{
    /// <summary>The command line.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quoted));

    private static string Quoted(string argument)
    {
        if (argument.Length > 0 && argument.All(c => !char.IsWhiteSpace(c) && c != '"')) return argument;
        var quoted = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            // Backslashes are special only before a quote: they are doubled there, and one more makes the quote literal.
            if (c == '"') quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }
        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
