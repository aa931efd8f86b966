using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>Makes options whose values a function parses. A value that the function rejects is wrong usage; the error names the option.</summary>
internal static class TypedOption
{
    /// <summary>An option with one value.</summary>
    public static Option<T> Of<T>(string name, string value, string description, Func<string, T> parse) => new(name)
    {
        HelpName = value,
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parsed(result, name, value, () => parse(result.Tokens[0].Value)),
    };

    /// <summary>An option that may be given several times.</summary>
    public static Option<T> OfMany<T>(string name, string value, string description, Func<IReadOnlyList<string>, T> parse) => new(name)
    {
        HelpName = value,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => Parsed(result, name, value, () => parse([.. result.Tokens.Select(t => t.Value)])),
    };

    private static T? Parsed<T>(ArgumentResult result, string name, string notation, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (OnnxPruneException e)
        {
            result.AddError($"{name}: {e.Message}{ValueNotation.Parse(notation).Question(result.Tokens[^1].Value)}");
            return default;
        }
    }
}
